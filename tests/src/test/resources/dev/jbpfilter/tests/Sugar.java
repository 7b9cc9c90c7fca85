package dev.jbpfilter.sample;

import java.util.List;

/** Prints what javac leaves to the run time does; {@code DesugarTest} compares it. */
public class Sugar {
  sealed interface Shape {
    int sides();

    static String name(Shape shape) {
      return switch (shape) {
        case Round round when round.radius() > 5 -> "large round";
        case Round round -> "round " + round.radius();
        case Named.ONE -> "first";
        case Named.TWO -> "second";
        case Box(int width, long height) when width == height -> "square";
        case Box box -> box.toString();
      };
    }
  }

  record Round(double radius) implements Shape {
    public int sides() {
      return 0;
    }
  }

  record Box(int width, long height) implements Shape {
    public int sides() {
      return 4;
    }
  }

  enum Named implements Shape {
    ONE,
    TWO {
      @Override
      public int sides() {
        return 2;
      }
    };

    public int sides() {
      return 1;
    }
  }

  record All(
      boolean a, byte b, char c, short d, int e, long f, float g, double h, String i, int[] j,
      List<Box> k) {}

  record None() {}

  static All all(int seed, int[] array) {
    return new All(
        seed % 2 == 0, (byte) seed, (char) seed, (short) seed, seed, seed * 10_000_000_000L,
        seed == 3 ? Float.NaN : seed, seed == 4 ? -0.0 : seed == 5 ? 0.0 : seed,
        seed == 6 ? null : "s" + seed, array, seed == 7 ? null : List.of(new Box(seed, seed)));
  }

  static String of(Object value) {
    return switch (value) {
      case null -> "null";
      case String text when text.isEmpty() -> "empty";
      case String text -> "text " + text;
      case Integer number when number > 10 -> "large";
      case int[] array -> "array " + array.length;
      case Shape shape -> Shape.name(shape);
      default -> "other";
    };
  }

  public static void main(String[] args) {
    int[] array = {1};
    for (int i = 0; i < 10; i++) {
      All one = all(i, array);
      // Less what the array adds, which differs from run to run.
      System.out.println(one.hashCode() - System.identityHashCode(array) * 31);
      for (int k = 0; k < 10; k++) {
        System.out.println(one.equals(all(k, array)) + " " + one.equals(all(k, new int[] {1})));
      }
      System.out.println(one.equals(null) + " " + one.equals("x") + " " + one.equals(one));
    }
    System.out.println(new None().equals(new None()) + " " + new None().hashCode());
    Object[] values = {
      null, "", "t", 5, 50, array, new Round(1), new Round(9), Named.ONE, Named.TWO, new Box(1, 1),
      new Box(1, 2), 'c'
    };
    for (Object value : values) {
      System.out.println(of(value));
    }
    try {
      Shape.name(null);
    } catch (NullPointerException e) {
      System.out.println("null is refused");
    }
  }
}
