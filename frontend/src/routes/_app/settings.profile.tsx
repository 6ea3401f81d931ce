import { createFileRoute } from "@tanstack/react-router";
import { ProfilePage } from "@/features/identity/profile-page";
import { PROFILE_SECTIONS, type ProfileSection } from "@/features/identity/profile-sections";
import { wordParam } from "@/lib/search-params";

export const Route = createFileRoute("/_app/settings/profile")({
  staticData: { shape: "settings" },
  validateSearch: (search): { section?: ProfileSection | undefined } => ({ section: wordParam(search.section, PROFILE_SECTIONS) }),
  component: Profile,
});

function Profile() {
  const { section = "details" } = Route.useSearch();
  return <ProfilePage section={section} />;
}
