package dev.jbpfilter.tests;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import dev.jbpfilter.bytecode.fixture.ForbiddenImports;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Imports go one way between the modules, as doc/architecture.md draws it. */
class ModuleGraphTest {
  private static final String BASE = "dev.jbpfilter.";

  private record Rule(String name, ArchRule rule) {
    boolean violatedBy(JavaClasses classes) {
      return rule.allowEmptyShould(true).evaluate(classes).hasViolation();
    }
  }

  private static Rule only(String name, String where, String... allowed) {
    String[] others =
        Stream.of(
                "dev.jbpfilter.bytecode..",
                "dev.jbpfilter.ruleset..",
                "dev.jbpfilter.cgen..",
                "dev.jbpfilter.loader",
                "dev.jbpfilter.loader.kernel..",
                "dev.jbpfilter.cli..",
                "dev.jbpfilter.fuzz..",
                "com.sun.jna..")
            .filter(p -> !p.equals(where) && !List.of(allowed).contains(p))
            .toArray(String[]::new);
    return new Rule(
        name,
        noClasses()
            .that()
            .resideInAPackage(where)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(others));
  }

  private static List<Rule> rules() {
    String bytecode = BASE + "bytecode..";
    String ruleset = BASE + "ruleset..";
    String cgen = BASE + "cgen..";
    String loader = BASE + "loader";
    String kernel = BASE + "loader.kernel..";
    return List.of(
        only("bytecode imports nothing", bytecode),
        only("ruleset imports nothing", ruleset),
        only("cgen imports bytecode and ruleset", cgen, bytecode, ruleset),
        only("loader.kernel imports bytecode and JNA", kernel, bytecode, "com.sun.jna.."),
        only("loader imports what is below it", loader, bytecode, ruleset, cgen, kernel),
        only(
            "cli imports everything but JNA",
            BASE + "cli..",
            bytecode,
            ruleset,
            cgen,
            loader,
            kernel),
        new Rule(
            "JNA is named in loader.kernel.internal only",
            noClasses()
                .that()
                .resideOutsideOfPackage(BASE + "loader.kernel.internal..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.sun.jna..")),
        new Rule(
            "no cycles between modules",
            SlicesRuleDefinition.slices()
                .matching("dev.jbpfilter.(*)..")
                .should()
                .beFreeOfCycles()));
  }

  @TestFactory
  Stream<DynamicTest> importsGoOneWay() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.jbpfilter");
    assertThat(classes).isNotEmpty();
    return rules().stream()
        .map(r -> DynamicTest.dynamicTest(r.name(), () -> r.rule().check(classes)));
  }

  @Test
  void aForbiddenImportIsFound() {
    JavaClasses classes = new ClassFileImporter().importClasses(ForbiddenImports.class);
    assertThat(rules().stream().filter(r -> r.violatedBy(classes)).map(Rule::name))
        .containsExactlyInAnyOrder(
            "bytecode imports nothing", "JNA is named in loader.kernel.internal only");
  }
}
