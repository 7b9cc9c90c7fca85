package dev.jbpfilter.bytecode.elf;

import dev.jbpfilter.bytecode.MapSpec;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A map of an object file. A section of variables, such as {@code .data}, is an array of one value;
 * it has the section's name.
 */
public final class ObjectMap {
  private final MapSpec spec;
  private final boolean pinned;
  private final @Nullable MapSpec inner;
  private final long extra;
  private final OptionalInt numaNode;
  private final byte[] contents;

  private ObjectMap(
      MapSpec spec,
      boolean pinned,
      @Nullable MapSpec inner,
      long extra,
      OptionalInt numaNode,
      byte[] contents) {
    this.spec = spec;
    this.pinned = pinned;
    this.inner = inner;
    this.extra = extra;
    this.numaNode = numaNode;
    this.contents = contents;
  }

  /** A map that is defined by its type. */
  static ObjectMap defined(
      MapSpec spec, boolean pinned, @Nullable MapSpec inner, long extra, OptionalInt numaNode) {
    return new ObjectMap(spec, pinned, inner, extra, numaNode, new byte[0]);
  }

  /** A section of variables. */
  static ObjectMap variables(MapSpec spec, byte[] contents) {
    return new ObjectMap(spec, false, null, 0, OptionalInt.empty(), contents);
  }

  /** The map to be created. Its name may be longer than the kernel's 15 bytes. */
  public MapSpec spec() {
    return spec;
  }

  /** Whether it is to be pinned, and shared, by its name ({@code LIBBPF_PIN_BY_NAME}). */
  public boolean pinned() {
    return pinned;
  }

  /** For a map of maps: the maps in it. */
  public Optional<MapSpec> inner() {
    return Optional.ofNullable(inner);
  }

  /** {@code map_extra} of BPF_MAP_CREATE. */
  public long extra() {
    return extra;
  }

  /** The node whose memory the map is to have. */
  public OptionalInt numaNode() {
    return numaNode;
  }

  /** What the first value is to begin with; the rest is zeros. */
  public byte[] contents() {
    return contents.clone();
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof ObjectMap other
        && spec.equals(other.spec)
        && pinned == other.pinned
        && Objects.equals(inner, other.inner)
        && extra == other.extra
        && numaNode.equals(other.numaNode)
        && Arrays.equals(contents, other.contents);
  }

  @Override
  public int hashCode() {
    return Objects.hash(spec, pinned, inner, extra, numaNode, Arrays.hashCode(contents));
  }

  @Override
  public String toString() {
    return "map " + spec.name();
  }
}
