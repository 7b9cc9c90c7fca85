package dev.jbpfilter.bytecode;

/**
 * A place in the code of one function.
 *
 * @param id number within its function; labels are equal when id and name are
 * @param name what the place is for; shown in listings, need not be unique
 */
public record Label(int id, String name) {
  // Written out: a record's own methods cost many milliseconds when they are first called.
  @Override
  public boolean equals(Object o) {
    return o instanceof Label other && id == other.id && name.equals(other.name);
  }

  @Override
  public int hashCode() {
    return id;
  }

  @Override
  public String toString() {
    return name + "." + id;
  }
}
