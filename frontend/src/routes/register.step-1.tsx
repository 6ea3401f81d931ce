import { createFileRoute } from "@tanstack/react-router";
import { RegisterOrganization } from "@/features/identity/register-organization";

export const Route = createFileRoute("/register/step-1")({ component: RegisterOrganization });
