package dev.noether.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The dependency rules of docs/architecture.md, over all modules that the command line stands on. */
@AnalyzeClasses(packages = "dev.noether", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule MODULES_DEPEND_TO_THE_LEFT_ONLY = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("dev.noether..")
            .layer("schemas")
            .definedBy("dev.noether.schemas..")
            .layer("model")
            .definedBy("dev.noether.model..")
            .layer("embedded")
            .definedBy("dev.noether.embedded..")
            .layer("flink-job")
            .definedBy("dev.noether.flink..")
            .layer("cli")
            .definedBy("dev.noether.cli..")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("flink-job")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("embedded")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("model")
            .mayOnlyBeAccessedByLayers("flink-job", "cli");

    @ArchTest
    static final ArchRule SCHEMAS_STAND_ALONE = noClasses()
            .that()
            .resideInAPackage("dev.noether.schemas..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.noether.model..", "dev.noether.flink..", "dev.noether.cli..", "dev.noether.embedded..");

    @ArchTest
    static final ArchRule THE_MODEL_KNOWS_NEITHER_FLINK_NOR_KAFKA = noClasses()
            .that()
            .resideInAPackage("dev.noether.model..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.flink..", "org.apache.kafka..", "dev.noether.schemas..");

    @ArchTest
    static final ArchRule ARRAYS_OF_THE_ENGINE_STAY_IN_THE_ENGINE = noClasses()
            .that()
            .resideOutsideOfPackage("dev.noether.model.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.nd4j..", "org.bytedeco..");

    @ArchTest
    static final ArchRule ONLY_THE_COMMAND_LINE_KNOWS_PICOCLI = noClasses()
            .that()
            .resideOutsideOfPackage("dev.noether.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("picocli..");

    @ArchTest
    static final ArchRule PACKAGES_OF_THE_MODEL_HAVE_NO_CYCLES =
            slices().matching("dev.noether.model.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule PACKAGES_OF_THE_JOB_HAVE_NO_CYCLES =
            slices().matching("dev.noether.flink.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule PACKAGES_OF_THE_COMMAND_LINE_HAVE_NO_CYCLES =
            slices().matching("dev.noether.cli.(*)..").should().beFreeOfCycles();
}
