package dev.jbpfilter.bytecode;

import java.util.List;

/**
 * A program with the maps it refers to: all that has to be loaded for it.
 *
 * @param name of the whole: of the chain, if the program is one
 * @param maps in the order in which they are to be created
 */
public record ObjectSpec(String name, ProgramSpec program, List<MapSpec> maps) {
  /** Copies the list. */
  public ObjectSpec {
    maps = List.copyOf(maps);
  }
}
