/** What is typed into the forms of projects is kept by these names when the session ends. */
export const NEW_PROJECT = "new-project";
export const editForm = (projectId: string) => `project.${projectId}`;
export const archiveForm = (projectId: string) => `archive.${projectId}`;
