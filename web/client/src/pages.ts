/** The pages that are loaded when somebody goes there. */
import { Later } from "./later.svelte";

export const communityPage = new Later(() => import("./community/CommunityPage.svelte"));
export const beginPage = new Later(() => import("./making/BeginPage.svelte"));
export const settingsPage = new Later(() => import("./making/SettingsPage.svelte"));
export const invitationsPage = new Later(() => import("./invite/InvitationsPage.svelte"));
export const invitedPage = new Later(() => import("./invite/InvitedPage.svelte"));
export const programsPage = new Later(() => import("./programs/ProgramsPage.svelte"));
export const logPage = new Later(() => import("./people/LogPage.svelte"));
export const membersPage = new Later(() => import("./people/MembersPage.svelte"));
export const ownPage = new Later(() => import("./me/OwnPage.svelte"));
export const privacyPage = new Later(() => import("./privacy/PrivacyPage.svelte"));
export const waysInPage = new Later(() => import("./me/WaysInPage.svelte"));
export const sessionPage = new Later(() => import("./session/SessionPage.svelte"));
export const deskPage = new Later(() => import("./desk/DeskPage.svelte"));
export const boardPage = new Later(() => import("./board/BoardPage.svelte"));
export const harvestPage = new Later(() => import("./harvest/HarvestPage.svelte"));
export const presentPage = new Later(() => import("./present/PresentPage.svelte"));
export const libraryPage = new Later(() => import("./library/LibraryPage.svelte"));
