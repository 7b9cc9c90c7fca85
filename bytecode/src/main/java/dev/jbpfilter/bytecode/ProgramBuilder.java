package dev.jbpfilter.bytecode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a program: its functions, maps and what it declares. Allocation and encoding follow by
 * themselves.
 *
 * <pre>{@code
 * ObjectSpec object = ProgramBuilder.object("count", ProgramType.XDP, AttachType.XDP, "GPL", p -> {
 *   MapSpec counters = p.map(new MapSpec("counters", MapType.ARRAY, 4, 8, 1, 0, null));
 *   p.main(b -> {
 *     StackVariable key = b.stackVariable("key", 4);
 *     b.store(key, 0);
 *     Virt counter = b.call(Helpers.MAP_LOOKUP_ELEM, b.map(counters), b.address(key));
 *     b.ifThen(is(counter, Condition.NE, 0),
 *         () -> b.atomic(AtomicOp.ADD, Size.DW, counter, 0, b.constant(1)));
 *     b.exit(2);
 *   });
 * });
 * }</pre>
 */
public final class ProgramBuilder {
  private final String name;
  private final List<Code<Virt>> functions = new ArrayList<>();
  private final List<MapSpec> maps = new ArrayList<>();
  private @Nullable Code<Virt> main;
  private KernelVersion target = FirstKernel.NEWEST;
  private int flags;

  private ProgramBuilder(String name) {
    this.name = name;
  }

  /**
   * A program with its maps.
   *
   * @param name of the program, of its main function, and of the whole
   * @param license as declared to the kernel; many helpers ask for "GPL"
   * @param body writes it
   * @throws CodegenException if registers or jumps cannot be encoded, as {@link RegisterAllocator}
   *     and {@link Encoder} say
   * @throws IllegalArgumentException if the code is wrong, as they say; there is no main function;
   *     or a function is called that there is not, or with a wrong number of arguments
   */
  public static ObjectSpec object(
      String name,
      ProgramType type,
      AttachType attachType,
      String license,
      Consumer<ProgramBuilder> body) {
    ProgramBuilder builder = new ProgramBuilder(name);
    body.accept(builder);
    List<Code<Virt>> functions = builder.functions();
    List<Code<Phys>> allocated = new ArrayList<>();
    for (Code<Virt> function : functions) {
      allocated.add(RegisterAllocator.allocate(function).output());
    }
    ProgramSpec program =
        Encoder.program(name, type, attachType, builder.flags, license, allocated, builder.target);
    return new ObjectSpec(name, program, builder.maps);
  }

  /**
   * A program that has no maps, or whose maps are made elsewhere; as {@link #object}, of which it
   * is a part.
   */
  public static ProgramSpec program(
      String name,
      ProgramType type,
      AttachType attachType,
      String license,
      Consumer<ProgramBuilder> body) {
    return object(name, type, attachType, license, body).program();
  }

  /** Sets {@code BPF_F_*} of BPF_PROG_LOAD. */
  public ProgramBuilder flags(int value) {
    flags = value;
    return this;
  }

  /** Sets the oldest kernel that is to take the program; unless said, that knows everything. */
  public ProgramBuilder target(KernelVersion version) {
    target = version;
    return this;
  }

  /** Adds a map, to be used as {@link CodeBuilder#map}. */
  public MapSpec map(MapSpec map) {
    maps.add(map);
    return map;
  }

  /**
   * Adds the function where the program starts. Its first parameter is the context.
   *
   * @throws IllegalStateException if there is one
   */
  public ProgramBuilder main(Consumer<CodeBuilder> body) {
    if (main != null) {
      throw new IllegalStateException("a second main function of " + name);
    }
    main = CodeBuilder.function(name, body);
    return this;
  }

  /**
   * Adds another function, with as many parameters as its body asks for. What nobody calls, or
   * takes the address of, does not get into the program.
   *
   * @return what to call; functions that are added later may be called by {@linkplain
   *     CodeBuilder#callFunction name}
   */
  public CallTarget.Subprogram function(String function, Consumer<CodeBuilder> body) {
    functions.add(CodeBuilder.function(function, body));
    return new CallTarget.Subprogram(function);
  }

  private List<Code<Virt>> functions() {
    if (main == null) {
      throw new IllegalArgumentException(name + " has no main function");
    }
    List<Code<Virt>> all = new ArrayList<>();
    all.add(main);
    all.addAll(functions);
    Map<String, Integer> parameters = new HashMap<>();
    all.forEach(function -> parameters.put(function.name(), function.parameters().size()));
    for (Code<Virt> function : all) {
      for (Element<Virt> element : function.elements()) {
        if (element instanceof Element.Call<Virt> call
            && call.function() instanceof CallTarget.Subprogram(String callee)) {
          int given = call.arguments().size();
          int wanted = parameters.getOrDefault(callee, given);
          if (given != wanted) {
            throw new IllegalArgumentException(
                function.name()
                    + " calls "
                    + callee
                    + " with "
                    + given
                    + " arguments, it takes "
                    + wanted);
          }
        }
      }
    }
    return all;
  }
}
