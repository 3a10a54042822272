package dev.noether.lab;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.noether.cli.Main;
import dev.noether.embedded.EmbeddedBroker;
import dev.noether.flink.container.NewestCheckpoint;
import dev.noether.flink.container.NotificationService;
import dev.noether.flink.container.RetrainingService;
import dev.noether.flink.container.TopicCreation;
import dev.noether.flink.job.ImportJob;
import dev.noether.flink.job.RetrainingJob;
import dev.noether.flink.job.ScoringJob;
import dev.noether.schemas.IncidentCodec;
import dev.noether.schemas.RejectedCodec;
import dev.noether.schemas.ScoreCodec;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The dependency rules of docs/architecture.md, for all packages of all modules. */
@AnalyzeClasses(packages = "dev.noether", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String LAB = "dev.noether.lab..";

    /** Where the product starts: the command line, the two jobs, and the main classes of the containers. */
    private static final List<Class<?>> ENTRY_POINTS = List.of(
            Main.class,
            ScoringJob.class,
            ImportJob.class,
            RetrainingJob.class,
            RetrainingService.class,
            TopicCreation.class,
            NewestCheckpoint.class,
            NotificationService.class);

    /** Contracts without a reader in this version, constants that javac inlines, and names inside savepoints. */
    private static final Set<String> WITHOUT_REFERENCE =
            Set.of("dev.noether.cli.console.ExitCode", "dev.noether.flink.ingest.ModelReleaseSerializer");

    @ArchTest
    static final ArchRule A_MODULE_USES_ONLY_MODULES_BELOW_IT = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("dev.noether..")
            .layer("schemas")
            .definedBy("dev.noether.schemas..")
            .layer("model")
            .definedBy("dev.noether.model..")
            .layer("incident")
            .definedBy("dev.noether.incident..")
            .layer("embedded")
            .definedBy("dev.noether.embedded..")
            .layer("flink-job")
            .definedBy("dev.noether.flink..")
            .layer("console")
            .definedBy("dev.noether.console..")
            .layer("cli")
            .definedBy("dev.noether.cli..")
            .layer("lab")
            .definedBy(LAB)
            .whereLayer("lab")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("cli")
            .mayOnlyBeAccessedByLayers("lab")
            .whereLayer("console")
            .mayOnlyBeAccessedByLayers("cli", "lab")
            .whereLayer("flink-job")
            .mayOnlyBeAccessedByLayers("console", "cli", "lab")
            .whereLayer("embedded")
            .mayOnlyBeAccessedByLayers("cli", "lab")
            .whereLayer("incident")
            .mayOnlyBeAccessedByLayers("flink-job", "console", "cli", "lab")
            .whereLayer("model")
            .mayOnlyBeAccessedByLayers("flink-job", "console", "cli", "lab")
            .whereLayer("schemas")
            .mayOnlyBeAccessedByLayers("incident", "flink-job", "console", "cli", "lab");

    @ArchTest
    static final ArchRule MODEL_AND_INCIDENT_USE_NEITHER_FLINK_NOR_KAFKA = noClasses()
            .that()
            .resideInAnyPackage("dev.noether.model..", "dev.noether.incident..", "dev.noether.schemas..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.flink..", "org.apache.kafka..");

    @ArchTest
    static final ArchRule ONLY_THE_ENGINE_USES_ARRAYS_OF_ND4J = noClasses()
            .that()
            .resideOutsideOfPackage("dev.noether.model.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.nd4j..", "org.bytedeco..");

    @ArchTest
    static final ArchRule ONLY_CLI_AND_LAB_USE_PICOCLI = noClasses()
            .that()
            .resideOutsideOfPackages("dev.noether.cli..", LAB)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("picocli..");

    @ArchTest
    static final ArchRule ONLY_THE_PEERS_USE_OTHER_DETECTORS = noClasses()
            .that()
            .resideOutsideOfPackage("dev.noether.lab.peers..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.amazon.randomcutforest..");

    /** The output topics may be JSON: whoever reads them uses `OutputCodec`. State and files of our own are Avro. */
    @ArchTest
    static final ArchRule READERS_OF_OUTPUTS_KNOW_BOTH_FORMATS = noClasses()
            .that()
            .resideOutsideOfPackages("dev.noether.schemas..", "dev.noether.flink.wire..", "dev.noether.lab.evaluate..")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(ScoreCodec.class, IncidentCodec.class, RejectedCodec.class);

    @ArchTest
    static final ArchRule PRODUCTION_CODE_USES_NO_TEST_FIXTURES = noClasses()
            .that()
            .resideOutsideOfPackage("dev.noether.testing..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.noether.testing", "org.junit..");

    /** The services as processes are also what `chaos` works on. */
    @ArchTest
    static final ArchRule ONLY_CHAOS_USES_THE_SERVICES_AS_PROCESSES = noClasses()
            .that()
            .resideOutsideOfPackages("dev.noether.testing..", "dev.noether.lab.chaos..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.noether.testing.deployment..");

    /** Each package is a slice of its own, nested ones too. */
    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("dev.noether.(**)").should().beFreeOfCycles();

    @ArchTest
    static void no_production_class_is_used_by_the_lab_alone(JavaClasses classes) {
        Set<String> unreached = new TreeSet<>();
        Set<JavaClass> reached = reached(classes);
        for (JavaClass one : classes) {
            if (!resideInAPackage(LAB)
                            .or(resideInAPackage("dev.noether.testing.."))
                            .test(one)
                    && !reached.contains(outermost(one))
                    && !one.getSimpleName().equals("package-info")) {
                unreached.add(outermost(one).getName());
            }
        }
        unreached.removeAll(WITHOUT_REFERENCE);
        assertThat(unreached)
                .as("classes outside of `lab` that neither the commands nor the jobs reach; move them to `lab`")
                .isEmpty();
    }

    private static Set<JavaClass> reached(JavaClasses classes) {
        Set<JavaClass> reached = new HashSet<>();
        Deque<JavaClass> next = new ArrayDeque<>();
        ENTRY_POINTS.forEach(entry -> next.add(classes.get(entry)));
        next.add(classes.get(EmbeddedBroker.class));
        while (!next.isEmpty()) {
            JavaClass one = outermost(next.remove());
            if (!classes.contain(one.getName()) || !reached.add(one)) {
                continue;
            }
            for (JavaClass part : classes) {
                if (outermost(part).equals(one)) {
                    for (Dependency dependency : part.getDirectDependenciesFromSelf()) {
                        next.add(dependency.getTargetClass().getBaseComponentType());
                    }
                }
            }
        }
        return reached;
    }

    private static JavaClass outermost(JavaClass one) {
        JavaClass outer = one;
        while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
        }
        return outer;
    }
}
