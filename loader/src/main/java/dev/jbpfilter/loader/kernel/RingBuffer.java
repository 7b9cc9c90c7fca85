package dev.jbpfilter.loader.kernel;

import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.loader.kernel.internal.MappedMemory;
import dev.jbpfilter.loader.kernel.internal.NativeMemory;
import dev.jbpfilter.loader.kernel.internal.Syscall;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * What programs write to a ring buffer ({@code BPF_MAP_TYPE_RINGBUF}), record by record. Records
 * wait until somebody reads them; what programs write to a full ring is lost.
 *
 * <p><b>Layout.</b> The map is mapped as a page with the consumer position, which readers write, a
 * page with the producer position, and the data, which is there twice in a row so that no record is
 * cut at its end. Positions only grow; modulo the size they are offsets in the data. A record is a
 * header of 8 bytes, whose first half is a length with two flags, and its bytes, rounded up to a
 * multiple of 8. Between reservation and submission it is busy, and hides what is behind it; what a
 * program has discarded is skipped.
 *
 * <p><b>Several readers</b>, in any processes, share the records: each is one's only. A reader
 * copies a record first and then claims it, moving the consumer position on from where the record
 * starts. That fails if another one was faster; then the copy may be of anything and is forgotten.
 * Positions never return, so an unchanged one means that nobody was.
 *
 * <p>One object is for one thread.
 */
public final class RingBuffer implements AutoCloseable {
  private static final int PROT_READ = 1;
  private static final int PROT_WRITE = 2;

  private static final int CONSUMER_POSITION = 0;
  private static final int PRODUCER_POSITION = 0;
  private static final int HEADER = 8;

  /** {@code BPF_RINGBUF_DISCARD_BIT}; the sign bit is {@code BPF_RINGBUF_BUSY_BIT}. */
  private static final int DISCARDED = 1 << 30;

  private static final int LENGTH = DISCARDED - 1;

  /** With its data mapped twice, a larger one has too many bytes for a buffer of Java's. */
  private static final int MAX_SIZE = 1 << 29;

  private static final int EPOLL_CTL_ADD = 1;
  private static final int EPOLLIN = 1;

  /** {@code struct epoll_event}, whose size differs, at its largest. */
  private static final int EVENT_SIZE = 16;

  private static final int SIGNAL_SET_SIZE = 8;
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** The longest that the call takes. */
  private static final Duration MAX_WAIT = Duration.ofMillis(Integer.MAX_VALUE);

  /** How soon to look again at a record that a program is about to write. */
  private static final long BUSY_NANOS = 50_000;

  private final Linux linux;
  private final BpfMap map;
  private final int size;
  private final int page = MappedMemory.pageSize();
  private final Resources resources = new Resources();
  private final MappedMemory consumer;
  private final MappedMemory producer;
  private final Fd epoll;
  private final NativeMemory event;

  /** Takes over a map, and closes it on failure. */
  RingBuffer(Linux linux, BpfMap map) {
    this.linux = linux;
    this.map = resources.add(map, map::close);
    try {
      this.size = size(map);
      this.consumer = mapped(page, PROT_READ | PROT_WRITE, 0);
      this.producer = mapped(page + 2 * size, PROT_READ, page);
      this.epoll = linux.epoll(map.toString());
      resources.add(epoll, epoll::close);
      this.event = new NativeMemory(EVENT_SIZE);
      resources.add(event, event::close);
      watch();
    } catch (RuntimeException e) {
      resources.closeAfter(e);
      throw e;
    }
  }

  private static int size(BpfMap map) {
    MapInfo info = map.info();
    int size = info.maxEntries();
    if (info.type() != MapType.RINGBUF.number() || size <= 0 || size > MAX_SIZE) {
      throw new IllegalArgumentException(
          map
              + " is of type "
              + info.type()
              + " and size "
              + Integer.toUnsignedString(size)
              + ", no ring buffer of at most "
              + MAX_SIZE);
    }
    return size;
  }

  private MappedMemory mapped(int bytes, int protection, int offset) {
    MappedMemory memory = linux.map(map.fd(), bytes, protection, offset);
    return resources.add(memory, memory::close);
  }

  private void watch() {
    event.putInt(0, EPOLLIN);
    linux.call(
        map.toString(),
        Syscall.EPOLL_CTL,
        epoll.number(),
        EPOLL_CTL_ADD,
        map.fd().number(),
        event.address());
  }

  /**
   * The next record, which from now on is nobody else's; empty if there is none now.
   *
   * @throws BpfException with {@code EPROTO} if the consumer position is where no record starts,
   *     for a reader of another kind has written it
   */
  public Optional<byte[]> poll() {
    while (true) {
      long position = consumer.getLongAcquire(CONSUMER_POSITION);
      if (isEnd(position)) {
        return Optional.empty();
      }
      int header = header(position);
      int length = header & LENGTH;
      if (length > size - HEADER || header < 0) {
        // What another reader has claimed can be overwritten, with anything, while we look.
        if (consumer.getLongAcquire(CONSUMER_POSITION) != position) {
          continue;
        }
        if (length <= size - HEADER) {
          return Optional.empty();
        }
        throw misplaced(position);
      }
      byte[] record = producer.get(offset(position) + HEADER, length);
      long next = position + HEADER + roundUp(length);
      boolean claimed = consumer.compareAndSetLong(CONSUMER_POSITION, position, next);
      if (claimed && (header & DISCARDED) == 0) {
        return Optional.of(record);
      }
    }
  }

  /**
   * Waits until there is something to read, or some time has passed. Interrupting the thread has no
   * effect.
   *
   * @param timeout at most 24 days count
   * @return whether there may be a record; another reader may be faster
   */
  public boolean await(Duration timeout) {
    long position = consumer.getLongAcquire(CONSUMER_POSITION);
    if (!isEnd(position) && header(position) < 0) {
      // To the kernel a busy record is there to be read, so it would not wait.
      LockSupport.parkNanos(BUSY_NANOS);
      return true;
    }
    Duration bounded = timeout.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : timeout;
    long deadline = System.nanoTime() + bounded.toNanos();
    long result;
    do {
      long remaining = Math.max(0, deadline - System.nanoTime());
      result =
          linux.attemptOnce(
              Syscall.EPOLL_PWAIT,
              epoll.number(),
              event.address(),
              1,
              (remaining + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI,
              0,
              SIGNAL_SET_SIZE);
    } while (result == -Errno.EINTR);
    return Linux.require(result, Syscall.EPOLL_PWAIT.label(), map.toString()) > 0;
  }

  /** Closes the ring buffer and its map. What was not read stays for others. */
  @Override
  public void close() {
    resources.close();
  }

  private boolean isEnd(long position) {
    return position - producer.getLongAcquire(PRODUCER_POSITION) >= 0;
  }

  private int header(long position) {
    if (position % HEADER != 0) {
      throw misplaced(position);
    }
    return producer.getIntAcquire(offset(position));
  }

  /** Where a position is mapped. */
  private int offset(long position) {
    return page + (int) (position & (size - 1));
  }

  private BpfException misplaced(long position) {
    return new BpfException("read", Errno.EPROTO, map + " at " + Long.toUnsignedString(position));
  }

  private static int roundUp(int length) {
    return (length + HEADER - 1) & -HEADER;
  }
}
