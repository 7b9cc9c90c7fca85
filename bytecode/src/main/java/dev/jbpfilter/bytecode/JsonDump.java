package dev.jbpfilter.bytecode;

import dev.jbpfilter.bytecode.MapSpec.MapBtf;
import dev.jbpfilter.bytecode.ProgramSpec.LineNote;
import dev.jbpfilter.bytecode.ProgramSpec.Relocation;
import dev.jbpfilter.bytecode.ProgramSpec.Target;
import dev.jbpfilter.bytecode.btf.BtfEncoder;
import java.util.HexFormat;
import java.util.List;

/** Writes {@link Dump#json}, whose comment has the schema. */
final class JsonDump {
  private static final String FORMAT = "jbpfilter-program";
  private static final int VERSION = 1;

  private final JsonWriter json;

  JsonDump(Appendable target) {
    json = new JsonWriter(target);
  }

  void write(List<ObjectSpec> objects) {
    json.array();
    for (ObjectSpec object : objects) {
      json.object().member("format", FORMAT).member("version", VERSION);
      json.member("name", object.name());
      json.name("program");
      program(object.program());
      json.name("maps").array();
      for (MapSpec map : object.maps()) {
        map(map);
      }
      json.end().end();
    }
    json.end().finish();
  }

  private void program(ProgramSpec program) {
    json.object().member("name", program.name());
    json.member("type", Dump.name(program.type()));
    json.member("type_number", program.type().number());
    json.member("attach_type", Dump.name(program.attachType()));
    json.member("attach_type_number", program.attachType().number());
    json.member("flags", Integer.toUnsignedLong(program.flags()));
    json.member("license", program.license());
    json.name("instructions").array();
    byte[] bytes = program.instructions().toBytes();
    for (int i = 0; i < bytes.length; i += Long.BYTES) {
      json.value(HexFormat.of().formatHex(bytes, i, i + Long.BYTES));
    }
    json.end();
    json.name("relocations").array();
    for (Relocation relocation : program.relocations()) {
      json.object().member("slot", relocation.slot());
      target(relocation.target());
      json.end();
    }
    json.end();
    json.name("functions").array();
    for (ProgramSpec.Function function : program.functions()) {
      json.object().member("slot", function.slot()).member("name", function.name());
      json.member("parameters", function.parameters());
      if (function.global()) {
        json.member("global", true);
      }
      json.end();
    }
    json.end();
    json.name("notes").array();
    for (LineNote note : program.notes()) {
      json.object().member("slot", note.slot()).member("text", note.text()).end();
    }
    json.end().end();
  }

  private void target(Target target) {
    switch (target) {
      case Target.MapFd(String map) -> json.member("kind", "map_fd").member("map", map);
      case Target.MapValue(String map, int offset) ->
          json.member("kind", "map_value").member("map", map).member("offset", offset);
      case Target.KernelFunction(String function) ->
          json.member("kind", "kernel_function").member("function", function);
      case Target.Variable(String variable) ->
          json.member("kind", "variable").member("variable", variable);
      case Target.StructureId(String type) ->
          json.member("kind", "structure_id").member("type", type);
      case Target.Field(String type, String field) ->
          json.member("kind", "field").member("type", type).member("field", field);
    }
  }

  private void map(MapSpec map) {
    json.object().member("name", map.name());
    json.member("type", Dump.name(map.type()));
    json.member("type_number", map.type().number());
    json.member("key_size", map.keySize());
    json.member("value_size", map.valueSize());
    json.member("max_entries", map.maxEntries());
    json.member("flags", Integer.toUnsignedLong(map.flags()));
    MapBtf btf = map.btf();
    if (btf != null) {
      json.name("btf").object().member("key_type", btf.keyType());
      json.member("value_type", btf.valueType());
      json.member("data", HexFormat.of().formatHex(BtfEncoder.encode(btf.btf()))).end();
    }
    if (!map.entries().isEmpty()) {
      json.name("entries").array();
      entries(map.entries());
      json.end();
    }
    json.end();
  }

  private void entries(MapEntries entries) {
    HexFormat hex = HexFormat.of();
    for (int i = 0; i < entries.count(); i++) {
      String key = hex.formatHex(entries.key(i));
      json.flatArray().value(key).value(hex.formatHex(entries.value(i))).end();
    }
  }
}
