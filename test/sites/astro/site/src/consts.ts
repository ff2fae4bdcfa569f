export const SITE_TITLE = "Jejak Pasir";
export const SITE_DESCRIPTION = "Catatan dari pantai.";
