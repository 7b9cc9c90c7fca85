package dev.jbpfilter.bytecode;

/**
 * A place in the code of one function.
 *
 * @param id number within its function; labels are equal when id and name are
 * @param name what the place is for; shown in listings, need not be unique
 */
public record Label(int id, String name) {
  @Override
  public String toString() {
    return name + "." + id;
  }
}
