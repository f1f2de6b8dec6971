/** A file as Nx knows it. */
export interface ViewedFile {
  /** From the workspace root. */
  readonly file: string;
  /** Of its content. */
  readonly hash: string;
}

export interface ViewedProject {
  readonly name: string;
  /** From the workspace root; `.` for the root itself. */
  readonly root: string;
  /** All its files; those of projects inside of it are not among them. */
  readonly files: readonly ViewedFile[];
}

/** What the graph is made of: Nx's projects with their files. */
export interface WorkspaceView {
  /** Absolute. */
  readonly root: string;
  readonly projects: readonly ViewedProject[];
  /** Files of no project. */
  readonly stray: readonly ViewedFile[];
}
