package dev.jbpfilter.bytecode.interpreter;

import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapType;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A hash table. An LRU one drops the entry that was not looked up for longest when it is full; the
 * kernel drops one of those.
 */
final class HashState extends KeyedState {
  private final boolean lru;
  private final Map<ByteBuffer, Integer> offsets;

  HashState(MapSpec spec) {
    super(spec);
    lru = spec.type() == MapType.LRU_HASH || spec.type() == MapType.LRU_PERCPU_HASH;
    require(!lru || (spec.flags() & NO_PREALLOC) == 0, "BPF_F_NO_PREALLOC");
    offsets = new LinkedHashMap<>(16, 0.75f, lru);
  }

  @Override
  int find(byte[] key) {
    return offsets.getOrDefault(ByteBuffer.wrap(key), NONE);
  }

  @Override
  int update(byte[] key, byte[] value, long flags) {
    if (flags < 0 || flags > EXIST) {
      return -Errno.EINVAL;
    }
    int old = find(key);
    if (old != NONE && flags == NO_EXIST) {
      return -Errno.EEXIST;
    }
    if (old == NONE && flags == EXIST) {
      return -Errno.ENOENT;
    }
    if (old == NONE && offsets.size() == spec.maxEntries()) {
      if (!lru) {
        return -Errno.E2BIG;
      }
      Iterator<Integer> eldest = offsets.values().iterator();
      release(eldest.next());
      eldest.remove();
    }
    offsets.put(ByteBuffer.wrap(key.clone()), place(value));
    if (old != NONE) {
      release(old);
    }
    return 0;
  }

  @Override
  int delete(byte[] key) {
    Integer offset = offsets.remove(ByteBuffer.wrap(key));
    if (offset == null) {
      return -Errno.ENOENT;
    }
    release(offset);
    return 0;
  }
}
