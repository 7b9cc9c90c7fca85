package dev.jbpfilter.ruleset.testing;

import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.ChainBuilder;
import dev.jbpfilter.ruleset.Criterion;
import dev.jbpfilter.ruleset.Direction;
import dev.jbpfilter.ruleset.FieldMatcher;
import dev.jbpfilter.ruleset.FilterSet;
import dev.jbpfilter.ruleset.HookOptions;
import dev.jbpfilter.ruleset.Layer;
import dev.jbpfilter.ruleset.Log;
import dev.jbpfilter.ruleset.Lookup;
import dev.jbpfilter.ruleset.Matcher;
import dev.jbpfilter.ruleset.MatcherField;
import dev.jbpfilter.ruleset.MatcherType;
import dev.jbpfilter.ruleset.Matchers;
import dev.jbpfilter.ruleset.Payload;
import dev.jbpfilter.ruleset.PayloadText;
import dev.jbpfilter.ruleset.Rule;
import dev.jbpfilter.ruleset.RuleBuilder;
import dev.jbpfilter.ruleset.RuleDraft;
import dev.jbpfilter.ruleset.SetElements;
import dev.jbpfilter.ruleset.SetElementsBuilder;
import dev.jbpfilter.ruleset.SetKey;
import dev.jbpfilter.ruleset.SetMatcher;
import dev.jbpfilter.ruleset.TcpFlag;
import dev.jbpfilter.ruleset.Verdict;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;

/** Builds chains again, with the words of {@link Matchers} alone, from what their models say. */
public final class Rebuilding {
  private static final Map<MatcherType, MatcherField> FIELDS = fields();

  private static final long NANOS = 1_000_000_000;

  private final Chain chain;

  private final boolean numbers;

  private Rebuilding(Chain chain, boolean numbers) {
    this.chain = chain;
    this.numbers = numbers;
  }

  /**
   * A chain that must be equal to {@code chain}, which has no spans.
   *
   * @param numbers whether to write numbers, where there is a choice, instead of text
   */
  public static Chain rebuild(Chain chain, boolean numbers) {
    return new Rebuilding(chain, numbers).chain();
  }

  /** The constants of {@link Matchers}; there must be one for each type, under its name. */
  public static Map<MatcherType, MatcherField> fields() {
    Map<MatcherType, MatcherField> fields = new EnumMap<>(MatcherType.class);
    for (Field constant : Matchers.class.getFields()) {
      try {
        MatcherField field = (MatcherField) constant.get(null);
        if (!field.type().name().equals(constant.getName()) || field.negated()) {
          throw new AssertionError(constant);
        }
        fields.put(field.type(), field);
      } catch (IllegalAccessException e) {
        throw new AssertionError(e);
      }
    }
    return fields;
  }

  private Chain chain() {
    ChainBuilder.Hooked header = Chain.named(chain.name()).hook(chain.hook());
    HookOptions options = chain.options();
    HookOptions.Priorities priorities = options.priorities();
    if (options.ifindex() != null) {
      header = header.ifindex(options.ifindex());
    } else if (options.cgpath() != null) {
      header = header.cgpath(options.cgpath());
    } else if (priorities != null) {
      header = header.priorities(priorities.active(), priorities.spare());
    }
    ChainBuilder builder = header.policy(chain.policy());
    for (FilterSet set : chain.sets()) {
      set.optionalName().ifPresent(name -> builder.set(name, elements(set.elements())));
    }
    for (Rule rule : chain.rules()) {
      builder.rule(rule(rule));
    }
    return builder.build();
  }

  private RuleDraft rule(Rule rule) {
    List<Criterion> criteria = new ArrayList<>();
    for (Matcher matcher : rule.matchers()) {
      criteria.add(
          switch (matcher) {
            case FieldMatcher field -> matcher(field);
            case SetMatcher reference -> reference(reference);
          });
    }
    RuleBuilder builder =
        Matchers.match(criteria.removeFirst(), criteria.toArray(Criterion[]::new));
    if (rule.counter()) {
      builder = builder.counter();
    }
    if (rule.mark() != null) {
      builder = builder.mark(rule.mark());
    }
    Log log = rule.log();
    if (log != null) {
      RuleBuilder.Logging logging = builder.log(layers(log));
      builder = log.intervalNanos() == 0 ? logging : logging.every(duration(log.intervalNanos()));
    }
    return switch (rule.verdict()) {
      case Verdict.Redirect(long ifindex, Direction direction) ->
          builder.redirect(ifindex, direction);
      case Verdict.Basic basic ->
          switch (basic) {
            case ACCEPT -> builder.accept();
            case DROP -> builder.drop();
            case CONTINUE -> builder.continueChain();
            case NEXT -> builder.next();
          };
    };
  }

  private static Duration duration(long unsignedNanos) {
    return Duration.ofSeconds(
        Long.divideUnsigned(unsignedNanos, NANOS), Long.remainderUnsigned(unsignedNanos, NANOS));
  }

  private static Layer[] layers(Log log) {
    List<Layer> layers = new ArrayList<>();
    if (log.headers() != Log.ALL_HEADERS) {
      for (Layer layer : Layer.values()) {
        if (log.has(layer)) {
          layers.add(layer);
        }
      }
    }
    return layers.toArray(Layer[]::new);
  }

  private Criterion reference(SetMatcher reference) {
    FilterSet set = chain.set(reference);
    List<MatcherType> types = set.key().components();
    Lookup lookup;
    if (types.size() == 1) {
      lookup = member(types.getFirst());
    } else {
      List<MatcherField.Member> more = new ArrayList<>();
      for (MatcherType type : types) {
        more.add(member(type));
      }
      lookup = Matchers.key(more.removeFirst(), more.toArray(MatcherField.Member[]::new));
    }
    Lookup positiveOrNot = reference.negated() ? lookup.not() : lookup;
    return set.optionalName()
        .map(positiveOrNot::inSet)
        .orElseGet(() -> positiveOrNot.in(elements(set.elements())));
  }

  private static MatcherField field(MatcherType type) {
    return Objects.requireNonNull(FIELDS.get(type));
  }

  private static MatcherField.Member member(MatcherType type) {
    return (MatcherField.Member) field(type);
  }

  private SetElements elements(SetElements model) {
    SetElementsBuilder builder = SetElements.builder(model.key());
    for (int i = 0; i < model.size(); i++) {
      List<Payload> payloads = model.payloads(i);
      if (numbers) {
        builder.addNumbers(payloads.stream().flatMapToLong(Rebuilding::numbers).toArray());
      } else {
        builder.add(text(model.key(), payloads));
      }
    }
    return builder.build();
  }

  private static LongStream numbers(Payload payload) {
    return switch (payload) {
      case Payload.Scalar(long value) -> LongStream.of(value);
      case Payload.Ipv4Address(int value) -> LongStream.of(value);
      case Payload.Ipv6Address(long high, long low) -> LongStream.of(high, low);
      case Payload.Ipv4Network(int address, int length) ->
          LongStream.of(Integer.toUnsignedLong(address), length);
      case Payload.Ipv6Network(long high, long low, int length) -> LongStream.of(high, low, length);
      case Payload.Range _r -> throw new AssertionError(payload);
      case Payload.Flags _f -> throw new AssertionError(payload);
      case Payload.Percentage _p -> throw new AssertionError(payload);
    };
  }

  private static String text(SetKey key, List<Payload> payloads) {
    List<String> components = new ArrayList<>();
    for (int i = 0; i < payloads.size(); i++) {
      components.add(text(key.components().get(i), payloads.get(i)));
    }
    return String.join(", ", components);
  }

  private static String text(MatcherType type, Payload payload) {
    return PayloadText.rules().text(type.payloadKind(), payload);
  }

  private FieldMatcher matcher(FieldMatcher model) {
    MatcherType type = model.type();
    MatcherField field = field(type);
    String text = text(type, model.payload());
    return switch (model.negated() ? field.not() : field) {
      case MatcherField.Numeric numeric -> numeric.eq(number(model));
      case MatcherField.NumericMember numeric -> numeric.eq((int) number(model));
      case MatcherField.Named named -> numbers ? named.eq((int) number(model)) : named.eq(text);
      case MatcherField.NamedMember named ->
          numbers ? named.eq((int) number(model)) : named.eq(text);
      case MatcherField.Address address -> address.eq(text);
      case MatcherField.Percentage percentage ->
          percentage.eq(((Payload.Percentage) model.payload()).value());
      case MatcherField.Ranged ranged ->
          model.payload() instanceof Payload.Range(long low, long high)
              ? ranged.range(low, high)
              : ranged.eq(number(model));
      case MatcherField.RangedMember ranged ->
          model.payload() instanceof Payload.Range(long low, long high)
              ? ranged.range((int) low, (int) high)
              : ranged.eq((int) number(model));
      case MatcherField.Flags flags -> flags(flags, model);
    };
  }

  private static long number(FieldMatcher model) {
    return ((Payload.Scalar) model.payload()).value();
  }

  private static FieldMatcher flags(MatcherField.Flags field, FieldMatcher model) {
    List<TcpFlag> flags = new ArrayList<>();
    for (TcpFlag flag : TcpFlag.values()) {
      if ((((Payload.Flags) model.payload()).bits() & flag.bit()) != 0) {
        flags.add(flag);
      }
    }
    TcpFlag first = flags.removeFirst();
    TcpFlag[] more = flags.toArray(TcpFlag[]::new);
    return switch (model.operator()) {
      case EQ -> field.eq(first, more);
      case ANY -> field.any(first, more);
      case ALL -> field.all(first, more);
      case IN, RANGE -> throw new AssertionError(model);
    };
  }
}
