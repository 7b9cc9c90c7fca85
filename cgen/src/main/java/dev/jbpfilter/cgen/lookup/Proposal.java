package dev.jbpfilter.cgen.lookup;

/** What a kind of structure has to say to some boxes. */
public sealed interface Proposal {
  /** Which kind it is about. */
  StructureKind kind();

  /** It can hold them. */
  record Fits(Structure structure) implements Proposal {
    @Override
    public StructureKind kind() {
      return structure.kind();
    }
  }

  /**
   * It cannot.
   *
   * @param why a few words for plans, such as "ranges", or "needs 70 MiB"
   */
  record Refused(StructureKind kind, String why) implements Proposal {}
}
