package dev.jbpfilter.cgen.lookup;

import java.util.List;

/**
 * How many words of bit vectors have to be looked at until a bit is found: the average of some
 * boxes, from corners of which lookups start.
 */
final class BitVectorSample {
  private static final int MOST_BOXES = 64;

  private final List<FieldClasses> fields;
  private final BitVectorLayout layout;
  private long visits;

  private BitVectorSample(List<FieldClasses> fields, BitVectorLayout layout) {
    this.fields = fields;
    this.layout = layout;
  }

  static double visits(Boxes boxes, List<FieldClasses> fields, BitVectorLayout layout) {
    BitVectorSample sample = new BitVectorSample(fields, layout);
    int count = Math.min(boxes.size(), MOST_BOXES);
    for (int i = 0; i < count; i++) {
      sample.find(boxes, (int) ((long) boxes.size() * i / count));
    }
    return (double) sample.visits / count;
  }

  private void find(Boxes boxes, int box) {
    int[] classes = new int[fields.size()];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = fields.get(i).corner(boxes, box);
    }
    for (int word = 0; word < layout.words(); word++) {
      long all = -1;
      boolean some = true;
      for (int i = 0; i < classes.length; i++) {
        long bits = fields.get(i).sets().word(classes[i], word);
        all &= bits;
        some &= bits != 0;
      }
      visits += some ? 1 : 0;
      if (all != 0) {
        return;
      }
    }
  }
}
