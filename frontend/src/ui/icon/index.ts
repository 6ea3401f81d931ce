export { AheadMark } from "./ahead-mark";
export { Icon, type IconShape } from "./icon";
export * from "./icons";
