package dev.jbpfilter.loader.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.loader.kernel.internal.Libc;
import dev.jbpfilter.loader.kernel.internal.MappedMemory;
import dev.jbpfilter.loader.kernel.internal.Syscall;
import dev.jbpfilter.loader.testing.Descriptors;
import dev.jbpfilter.loader.testing.PrivateBpffs;
import dev.jbpfilter.loader.testing.RequiresBpf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RequiresBpf
class RingBufferTest {
  private static final int SIZE = MappedMemory.pageSize();
  private static final MapSpec SPEC = Specs.ring(SIZE);
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final int HEADER = 8;

  private final Kernel kernel = Kernel.system();
  private List<String> before = List.of();
  private PrivateBpffs bpffs;
  private Directory directory;
  private BpfMap map;

  @BeforeEach
  void create() throws IOException {
    before = Descriptors.open();
    bpffs = new PrivateBpffs();
    directory = kernel.openDirectory(bpffs.path());
    map = kernel.createMap(SPEC);
    directory.pin(map, "ring");
  }

  @AfterEach
  void nothingStaysOpen() throws IOException {
    map.close();
    directory.close();
    bpffs.close();
    assertThat(Descriptors.open()).isEqualTo(before);
  }

  /** A reader as of another process: it has the pin alone. */
  private RingBuffer reader() {
    return kernel.openRingBuffer(directory.openMap("ring"));
  }

  private RingWriter writer() {
    return RingWriter.copying(kernel, map, SPEC);
  }

  private static long number(byte[] record) {
    return ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  private static byte[] record(long number, int length) {
    byte[] record = new byte[length];
    ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN).putLong(number);
    return record;
  }

  private static List<Long> readAll(RingBuffer ring) {
    List<Long> numbers = new ArrayList<>();
    for (Optional<byte[]> next = ring.poll(); next.isPresent(); next = ring.poll()) {
      numbers.add(number(next.get()));
    }
    return numbers;
  }

  private static <T> FutureTask<T> start(Callable<T> action) {
    FutureTask<T> task = new FutureTask<>(action);
    Thread.ofPlatform().daemon().start(task);
    return task;
  }

  @Test
  void recordsOfAnyLengthComeInOrderRoundAndRound() {
    try (RingWriter writer = writer();
        RingBuffer ring = reader()) {
      for (int i = 0; i < 3000; i++) {
        // All lengths, so that records start and end everywhere, at the very end included.
        int length = 8 + i % (RingWriter.MAX_RECORD - 7);
        assertThat(writer.write(i, length)).isTrue();
        assertThat(ring.poll()).hasValue(record(i, length));
        assertThat(ring.poll()).isEmpty();
      }
    }
  }

  @Test
  void aRecordMayBeEmpty() {
    try (RingWriter writer = writer();
        RingBuffer ring = reader()) {
      assertThat(writer.write(1, 0)).isTrue();
      assertThat(ring.poll()).hasValue(new byte[0]);
      assertThat(ring.poll()).isEmpty();
    }
  }

  @Test
  void whatIsThereAlreadyComesFirst() {
    try (RingWriter writer = writer()) {
      assertThat(writer.write(1, 8)).isTrue();
      assertThat(writer.write(2, 100)).isTrue();
      try (RingBuffer ring = reader()) {
        assertThat(writer.write(3, 8)).isTrue();
        assertThat(ring.await(Duration.ZERO)).isTrue();
        assertThat(readAll(ring)).containsExactly(1L, 2L, 3L);
      }
      try (RingBuffer later = reader()) {
        assertThat(later.poll()).isEmpty();
      }
    }
  }

  @Test
  void whatIsDiscardedIsSkipped() {
    try (RingWriter writer = RingWriter.filling(kernel, map, SPEC);
        RingBuffer ring = reader()) {
      for (int i = 0; i < 500; i++) {
        assertThat(writer.discard(i)).isTrue();
        assertThat(i % 3 == 0 ? writer.write(i, 0) : writer.discard(i)).isTrue();
        assertThat(readAll(ring)).isEqualTo(i % 3 == 0 ? List.of((long) i) : List.of());
      }
    }
  }

  @Test
  void whenTheRingIsFullTheLatestRecordsAreLost() {
    int length = 56;
    int room = SIZE / (HEADER + length);
    try (RingWriter writer = writer();
        RingBuffer ring = reader()) {
      for (int round = 0; round < 5; round++) {
        int written = 0;
        while (writer.write(written, length)) {
          written++;
        }
        // The kernel never lets the positions be a whole round apart.
        assertThat(written).isBetween(room - 1, room);
        assertThat(readAll(ring)).isEqualTo(LongStream.range(0, written).boxed().toList());
      }
    }
  }

  @Test
  void waitingEndsWithTheTime() {
    try (RingBuffer ring = reader()) {
      long start = System.nanoTime();
      assertThat(ring.await(Duration.ofMillis(150))).isFalse();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(149));
      assertThat(ring.await(Duration.ofSeconds(-1))).isFalse();
    }
  }

  @Test
  void aRecordWakesWhoWaits() throws InterruptedException, ExecutionException {
    try (RingWriter writer = writer();
        RingBuffer ring = reader()) {
      for (int i = 0; i < 20; i++) {
        FutureTask<Boolean> woken = start(() -> ring.await(LONG));
        Thread.sleep(5);
        assertThat(woken.isDone()).isFalse();
        assertThat(writer.write(i, 120)).isTrue();
        assertThat(woken.get()).isTrue();
        assertThat(ring.poll()).hasValue(record(i, 120));
      }
    }
  }

  @Test
  void signalsDoNotEndAWait() {
    int[] interruptions = {0};
    Libc libc = new Libc();
    Kernel interrupted =
        new Kernel((call, arguments) ->
            call == Syscall.EPOLL_PWAIT && interruptions[0]++ < 3
                ? -Errno.EINTR
                : libc.invoke(call, arguments));
    try (RingBuffer ring = interrupted.openRingBuffer(directory.openMap("ring"))) {
      assertThat(ring.await(Duration.ofMillis(20))).isFalse();
      assertThat(interruptions[0]).isEqualTo(4);
    }
  }

  @Test
  void readersShareWhatIsWritten() throws InterruptedException, ExecutionException {
    int count = 30_000;
    try (RingWriter writer = writer();
        RingBuffer first = reader();
        RingBuffer second = reader();
        RingBuffer third = reader()) {
      List<FutureTask<List<Long>>> tasks = new ArrayList<>();
      for (RingBuffer ring : List.of(first, second, third)) {
        tasks.add(start(() -> follow(ring, count)));
      }
      for (int i = 0; i < count; i++) {
        while (!writer.write(i, 8 + i % 90)) {
          Thread.onSpinWait();
        }
      }
      // One more for each, to end with.
      for (int i = 0; i < tasks.size(); i++) {
        while (!writer.write(count, 8)) {
          Thread.onSpinWait();
        }
      }
      List<Long> all = new ArrayList<>();
      for (FutureTask<List<Long>> task : tasks) {
        List<Long> own = task.get();
        assertThat(own).isSorted();
        all.addAll(own);
      }
      Collections.sort(all);
      assertThat(all).isEqualTo(LongStream.range(0, count).boxed().toList());
    }
  }

  /** Reads up to a number that ends it. */
  private static List<Long> follow(RingBuffer ring, long end) {
    List<Long> numbers = new ArrayList<>();
    while (true) {
      for (Optional<byte[]> next = ring.poll(); next.isPresent(); next = ring.poll()) {
        long number = number(next.get());
        if (number == end) {
          return numbers;
        }
        assertThat(next.get()).isEqualTo(record(number, 8 + (int) (number % 90)));
        numbers.add(number);
      }
      assertThat(ring.await(LONG)).isTrue();
    }
  }

  @Test
  void recordsThatAreStillFilledAreWaitedFor() throws InterruptedException, ExecutionException {
    int count = 300;
    try (RingWriter writer = RingWriter.filling(kernel, map, SPEC);
        RingBuffer ring = reader()) {
      FutureTask<Boolean> written =
          start(() -> {
            for (int i = 0; i < count; i++) {
              // The ring is full if the reader gets no processor for a while.
              while (!writer.write(i, 0)) {
                Thread.onSpinWait();
              }
            }
            return true;
          });
      for (long i = 0; i < count; i++) {
        Optional<byte[]> next = ring.poll();
        while (next.isEmpty()) {
          assertThat(ring.await(LONG)).as("record %s", i).isTrue();
          next = ring.poll();
        }
        ByteBuffer record = ByteBuffer.wrap(next.get()).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(record.getLong(0)).isEqualTo(i);
        assertThat(record.getLong(8)).isEqualTo(i);
      }
      assertThat(written.get()).isTrue();
    }
  }

  @Test
  void aPositionThatNoReaderOfOursWroteIsToldOf() {
    try (RingWriter writer = writer();
        RingBuffer ring = reader();
        MappedMemory position = new Linux(new Libc()).map(map.fd(), SIZE, 3, 0)) {
      assertThat(writer.write(-1, 64)).isTrue();
      assertThat(position.compareAndSetLong(0, 0, 4)).isTrue();
      assertMisplaced(ring, 4);
      // The record's content, taken for a header: busy, and longer than the ring.
      assertThat(position.compareAndSetLong(0, 4, 8)).isTrue();
      assertMisplaced(ring, 8);
      assertThat(position.compareAndSetLong(0, 8, 1 << 20)).isTrue();
      assertThat(ring.poll()).isEmpty();
    }
  }

  private static void assertMisplaced(RingBuffer ring, long position) {
    BpfException failure = catchThrowableOfType(BpfException.class, ring::poll);
    assertThat(failure.errno()).isEqualTo(Errno.EPROTO);
    assertThat(failure).hasMessageContaining("ring at " + position + ": read: Protocol error");
  }

  @Test
  void onlyRingBuffersAreRead() {
    BpfMap array = kernel.createMap(Specs.array(MapType.ARRAY, 8, 1));
    assertThatThrownBy(() -> kernel.openRingBuffer(array))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("map bf_map is of type 2 and size 1, no ring buffer of at most 536870912");
    assertThatThrownBy(() -> array.fd().number()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aClosedRingIsNotRead() {
    RingBuffer ring = reader();
    ring.close();
    ring.close();
    assertThatThrownBy(ring::poll).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> ring.await(Duration.ZERO)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void descriptorsCloseOnExec() throws IOException {
    try (RingBuffer ring = reader()) {
      assertThat(ring.poll()).isEmpty();
      List<String> opened = new ArrayList<>(Descriptors.open());
      opened.removeAll(before);
      assertThat(opened).hasSizeGreaterThanOrEqualTo(4).anyMatch(fd -> fd.endsWith("[eventpoll]"));
      for (String fd : opened) {
        Path info = Path.of("/proc/self/fdinfo").resolve(fd.substring(0, fd.indexOf(' ')));
        assertThat(Files.readAllLines(info).get(1)).as(fd).matches("flags:\\s+02.{6}");
      }
    }
  }
}
