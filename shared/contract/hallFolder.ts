/** Where the roster of an office lies in a data folder: a machine that has one is a station of its hall. */
export const hallRoster = 'hall/roster.json'
