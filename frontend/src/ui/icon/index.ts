export { Icon, type IconShape } from "./icon";
export * from "./icons";
