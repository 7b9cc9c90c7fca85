package dev.jbpfilter.bytecode.interpreter;

import dev.jbpfilter.bytecode.MapSpec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A map from prefixes to values ({@code BPF_MAP_TYPE_LPM_TRIE}): a table for each prefix length. A
 * key is a {@code struct bpf_lpm_trie_key}: 4 bytes of prefix length in bits, then the data.
 */
final class TrieState extends KeyedState {
  private static final int MAX_DATA_BYTES = 256;

  private final int maxPrefix;
  private final List<Map<ByteBuffer, Integer>> tables = new ArrayList<>();
  private int entries;

  TrieState(MapSpec spec) {
    super(spec);
    int dataBytes = spec.keySize() - Integer.BYTES;
    require(dataBytes >= 1 && dataBytes <= MAX_DATA_BYTES, "size of keys");
    require((spec.flags() & NO_PREALLOC) != 0, "BPF_F_NO_PREALLOC is missing");
    maxPrefix = dataBytes * Byte.SIZE;
    for (int i = 0; i <= maxPrefix; i++) {
      tables.add(new HashMap<>());
    }
  }

  @Override
  int find(byte[] key) {
    long prefix = ArrayState.index(key);
    if (prefix > maxPrefix) {
      return NONE;
    }
    for (int bits = (int) prefix; bits >= 0; bits--) {
      Map<ByteBuffer, Integer> table = tables.get(bits);
      Integer offset = table.isEmpty() ? null : table.get(data(key, bits));
      if (offset != null) {
        return offset;
      }
    }
    return NONE;
  }

  @Override
  int update(byte[] key, byte[] value, long flags) {
    long prefix = ArrayState.index(key);
    if (flags < 0 || flags > EXIST || prefix > maxPrefix) {
      return -Errno.EINVAL;
    }
    Map<ByteBuffer, Integer> table = tables.get((int) prefix);
    ByteBuffer data = data(key, (int) prefix);
    Integer old = table.get(data);
    if (old != null && flags == NO_EXIST) {
      return -Errno.EEXIST;
    }
    if (old == null && flags == EXIST) {
      return -Errno.ENOENT;
    }
    if (old == null && entries++ == spec.maxEntries()) {
      entries--;
      return -Errno.ENOSPC;
    }
    table.put(data, place(value));
    if (old != null) {
      release(old);
    }
    return 0;
  }

  @Override
  int delete(byte[] key) {
    long prefix = ArrayState.index(key);
    if (prefix > maxPrefix) {
      return -Errno.EINVAL;
    }
    Integer offset = tables.get((int) prefix).remove(data(key, (int) prefix));
    if (offset == null) {
      return -Errno.ENOENT;
    }
    entries--;
    release(offset);
    return 0;
  }

  /** The first bits of a key's data, in a buffer of its own. */
  private static ByteBuffer data(byte[] key, int bits) {
    byte[] data = new byte[(bits + 7) / Byte.SIZE];
    System.arraycopy(key, Integer.BYTES, data, 0, data.length);
    int rest = bits % Byte.SIZE;
    if (rest != 0) {
      data[data.length - 1] &= (byte) (0xff00 >> rest);
    }
    return ByteBuffer.wrap(data);
  }
}
