package dev.jbpfilter.bytecode.btf;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Types, decoded. The first has id 1, or that after the last of the base.
 *
 * @param base the types that these continue ("split" type information, as kernel modules have)
 */
public record Btf(List<BtfType> types, @Nullable BtfView base) implements BtfTypes {

  /** Copies the list. */
  public Btf {
    types = List.copyOf(types);
  }

  /** Types without a base. */
  public Btf(List<BtfType> types) {
    this(types, null);
  }

  /**
   * Decodes bytes of either byte order, completely.
   *
   * @throws BtfException if they are no type information
   */
  public static Btf decode(byte[] bytes) {
    return BtfView.of(bytes).decode();
  }

  @Override
  public int firstId() {
    return base == null ? 1 : base.lastId() + 1;
  }

  @Override
  public int lastId() {
    return firstId() + types.size() - 1;
  }

  @Override
  public BtfType type(int id) {
    if (base != null && id < firstId()) {
      return base.type(id);
    }
    if (id < 1 || id > lastId()) {
      throw new IllegalArgumentException("no type " + id);
    }
    return types.get(id - firstId());
  }

  @Override
  public OptionalInt find(BtfKind kind, String name) {
    OptionalInt found = base == null ? OptionalInt.empty() : base.find(kind, name);
    for (int i = 0; i < types.size() && found.isEmpty(); i++) {
      if (types.get(i).kind() == kind && types.get(i).name().equals(name)) {
        found = OptionalInt.of(firstId() + i);
      }
    }
    return found;
  }

  static Btf of(BtfView view, @Nullable BtfView base) {
    BtfTexts texts = new BtfTexts(view);
    List<BtfType> types = new ArrayList<>(view.lastId() - view.firstId() + 1);
    for (int id = view.firstId(); id <= view.lastId(); id++) {
      types.add(view.read(id, texts::at));
    }
    return new Btf(types, base);
  }
}
