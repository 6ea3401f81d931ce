import { createFileRoute } from "@tanstack/react-router";
import { RegisterCredentials } from "@/features/identity/register-credentials";

export const Route = createFileRoute("/register/step-2")({ component: RegisterCredentials });
