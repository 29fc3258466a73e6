/** What erasing a person does, in words for whoever is about to do it; the same on every surface. */
export const eraseWords: readonly string[] = [
  'Name, role, e-mail, phone, consent, notes and your own fields of this contact are blanked, in its history too, and undo does not bring them back.',
  'The contact itself stays, without a name: its account, its dates, and who did what with it when.',
  'In a team it goes from the devices of colleagues too, each when it next meets the team, and from the hub. What a shared folder or a server keeps of deleted files, and their backups, is cleared there.',
  'What others wrote about the person elsewhere stays as it is: notes of tasks and activities, documents that were sent, backups and exports.',
  'This cannot be undone.',
];
