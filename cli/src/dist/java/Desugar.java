import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Label;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes out what javac leaves to the run time: switches over types, and {@code equals} and {@code
 * hashCode} of records. The run time makes a class for each of them at its first use, which costs a
 * small command more than its own work, and no archive can hold these classes. What is written
 * instead does the same; a site of a form that is not known here stays as it is.
 */
final class Desugar {
  private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");
  private static final ClassDesc SWITCHES = ClassDesc.of("java.lang.runtime.SwitchBootstraps");
  private static final ClassDesc RECORDS = ClassDesc.of("java.lang.runtime.ObjectMethods");
  private static final MethodTypeDesc EQUAL_OBJECTS =
      MethodTypeDesc.of(ConstantDescs.CD_boolean, ConstantDescs.CD_Object, ConstantDescs.CD_Object);

  private final ClassFile files;

  /**
   * @param classes finds the classes that are written, for the frames of their methods
   */
  Desugar(ClassHierarchyResolver classes) {
    files =
        ClassFile.of(
            ClassFile.ClassHierarchyResolverOption.of(
                classes.orElse(ClassHierarchyResolver.defaultResolver())));
  }

  /** The class file {@code bytes} without such sites. */
  byte[] apply(byte[] bytes) {
    ClassModel model = files.parse(bytes);
    List<Site> sites = new ArrayList<>();
    MethodTransform replaced =
        MethodTransform.transformingCode((out, element) -> replace(model, sites, out, element));
    byte[] result =
        files.transformClass(
            model,
            ClassTransform.transformingMethods(replaced)
                .andThen(
                    ClassTransform.endHandler(built -> {
                      for (int i = 0; i < sites.size(); i++) {
                        write(built, i, sites.get(i));
                      }
                    })));
    return sites.isEmpty() ? bytes : result;
  }

  /** A call site and what it does. */
  private sealed interface Site {
    InvokeDynamicInstruction instruction();

    record Switch(InvokeDynamicInstruction instruction, List<ConstantDesc> labels)
        implements Site {}

    record Equal(
        InvokeDynamicInstruction instruction, ClassDesc owner, List<DirectMethodHandleDesc> fields)
        implements Site {}

    record Hash(
        InvokeDynamicInstruction instruction, ClassDesc owner, List<DirectMethodHandleDesc> fields)
        implements Site {}
  }

  /** The site at {@code call}; null if it is none that is known here. */
  private static Site siteAt(InvokeDynamicInstruction call) {
    ClassDesc bootstrap = call.bootstrapMethod().owner();
    List<ConstantDesc> arguments = call.bootstrapArgs();
    String name = call.name().stringValue();
    if (bootstrap.equals(SWITCHES) && name.equals("typeSwitch")) {
      List<ConstantDesc> labels = new ArrayList<>();
      for (ConstantDesc argument : arguments) {
        if (argument instanceof ClassDesc || enumConstant(argument) != null) {
          labels.add(argument);
        } else {
          return null;
        }
      }
      return new Site.Switch(call, labels);
    }
    if (bootstrap.equals(RECORDS) && (name.equals("equals") || name.equals("hashCode"))) {
      List<DirectMethodHandleDesc> fields = new ArrayList<>();
      for (ConstantDesc argument : arguments.subList(2, arguments.size())) {
        fields.add((DirectMethodHandleDesc) argument);
      }
      ClassDesc owner = (ClassDesc) arguments.getFirst();
      return name.equals("equals")
          ? new Site.Equal(call, owner, fields)
          : new Site.Hash(call, owner, fields);
    }
    return null;
  }

  /** The class and name of the constant of an enum that a label names; null if it is none. */
  private static EnumConstant enumConstant(ConstantDesc label) {
    if (!(label instanceof DynamicConstantDesc<?> dynamic)
        || !dynamic.constantType().displayName().equals("Enum$EnumDesc")) {
      return null;
    }
    List<ConstantDesc> arguments = dynamic.bootstrapArgsList();
    if (arguments.size() == 3
        && arguments.get(1) instanceof DynamicConstantDesc<?> type
        && type.bootstrapArgsList().size() == 2
        && type.bootstrapArgsList().get(1) instanceof String owner
        && arguments.get(2) instanceof String name) {
      return new EnumConstant(ClassDesc.of(owner), name);
    }
    return null;
  }

  private record EnumConstant(ClassDesc owner, String name) {}

  private static String name(int site) {
    return "$desugared$" + site;
  }

  private static boolean isInterface(ClassModel model) {
    return (model.flags().flagsMask() & ClassFile.ACC_INTERFACE) != 0;
  }

  private static void replace(
      ClassModel model, List<Site> sites, CodeBuilder out, CodeElement element) {
    Site site = element instanceof InvokeDynamicInstruction call ? siteAt(call) : null;
    if (site == null) {
      out.with(element);
    } else {
      out.invokestatic(
          model.thisClass().asSymbol(),
          name(sites.size()),
          site.instruction().typeSymbol(),
          isInterface(model));
      sites.add(site);
    }
  }

  private static void write(ClassBuilder built, int number, Site site) {
    built.withMethodBody(
        name(number),
        site.instruction().typeSymbol(),
        ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
        code -> {
          switch (site) {
            case Site.Switch types -> writeSwitch(code, types.labels());
            case Site.Equal equal -> writeEquals(code, equal.owner(), equal.fields());
            case Site.Hash hash -> writeHash(code, hash.fields());
          }
        });
  }

  /** (object, first) → the least index from {@code first} whose label holds; −1 for null. */
  private static void writeSwitch(CodeBuilder code, List<ConstantDesc> labels) {
    code.aload(0).ifThen(Opcode.IFNULL, then -> then.iconst_m1().ireturn());
    for (int i = 0; i < labels.size(); i++) {
      Label next = code.newLabel();
      code.iload(1).loadConstant(i).if_icmpgt(next);
      if (labels.get(i) instanceof ClassDesc type) {
        code.aload(0).instanceOf(type).ifeq(next);
      } else {
        EnumConstant constant = enumConstant(labels.get(i));
        code.aload(0).getstatic(constant.owner(), constant.name(), constant.owner());
        code.if_acmpne(next);
      }
      code.loadConstant(i).ireturn().labelBinding(next);
    }
    code.loadConstant(labels.size()).ireturn();
  }

  private static void writeEquals(
      CodeBuilder code, ClassDesc owner, List<DirectMethodHandleDesc> fields) {
    Label differs = code.newLabel();
    code.aload(1).instanceOf(owner).ifeq(differs);
    code.aload(1).checkcast(owner).astore(2);
    for (DirectMethodHandleDesc field : fields) {
      ClassDesc type = field.invocationType().returnType();
      code.aload(0).getfield(owner, field.methodName(), type);
      code.aload(2).getfield(owner, field.methodName(), type);
      TypeKind kind = TypeKind.from(type);
      switch (kind) {
        case BOOLEAN, BYTE, CHAR, SHORT, INT -> code.if_icmpne(differs);
        case LONG -> code.lcmp().ifne(differs);
        case FLOAT, DOUBLE ->
            code.invokestatic(
                    boxOf(kind), "compare", MethodTypeDesc.of(ConstantDescs.CD_int, type, type))
                .ifne(differs);
        default -> code.invokestatic(OBJECTS, "equals", EQUAL_OBJECTS).ifeq(differs);
      }
    }
    code.iconst_1().ireturn().labelBinding(differs).iconst_0().ireturn();
  }

  private static void writeHash(CodeBuilder code, List<DirectMethodHandleDesc> fields) {
    code.iconst_0();
    for (DirectMethodHandleDesc field : fields) {
      ClassDesc type = field.invocationType().returnType();
      code.loadConstant(31).imul().aload(0).getfield(field.owner(), field.methodName(), type);
      TypeKind kind = TypeKind.from(type);
      boolean object = kind == TypeKind.REFERENCE;
      code.invokestatic(
              object ? OBJECTS : boxOf(kind),
              "hashCode",
              MethodTypeDesc.of(ConstantDescs.CD_int, object ? ConstantDescs.CD_Object : type))
          .iadd();
    }
    code.ireturn();
  }

  private static ClassDesc boxOf(TypeKind kind) {
    return switch (kind) {
      case BOOLEAN -> ConstantDescs.CD_Boolean;
      case BYTE -> ConstantDescs.CD_Byte;
      case CHAR -> ConstantDescs.CD_Character;
      case SHORT -> ConstantDescs.CD_Short;
      case INT -> ConstantDescs.CD_Integer;
      case LONG -> ConstantDescs.CD_Long;
      case FLOAT -> ConstantDescs.CD_Float;
      case DOUBLE -> ConstantDescs.CD_Double;
      default -> throw new IllegalArgumentException("no box of " + kind);
    };
  }
}
