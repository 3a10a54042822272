package dev.noether.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.cli.launcher.LauncherTree.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LauncherTest {
    @TempDir
    private Path folder;

    private LauncherTree tree;

    @BeforeEach
    void layOut() throws Exception {
        tree = LauncherTree.create(folder);
    }

    @Test
    void missingJavaIsOneLineAndExitCode2() throws Exception {
        refused(tree.run("demo"), "no Java found");
    }

    @Test
    void aJavaHomeWithoutJavaIsOneLineAndExitCode2() throws Exception {
        refused(tree.withJava("17.0.2").with("JAVA_HOME", "/nowhere").run("demo"), "JAVA_HOME is /nowhere");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.8.0_392", "11.0.2", "16.0.1"})
    void anOldJavaIsOneLineAndExitCode2(String version) throws Exception {
        refused(tree.withJava(version).withMaven(0).run("demo"), "needs Java 17 or later");
    }

    @Test
    void missingMavenIsOneLineAndExitCode2() throws Exception {
        refused(tree.withJava("17.0.2").run("demo"), "no mvn found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "g", "2x", "-2g", "2.5g"})
    void aHeapThatIsNoSizeIsOneLineAndExitCode2(String heap) throws Exception {
        refused(tree.withJava("17.0.2").withMaven(0).with("NOETHER_HEAP", heap).run("demo"), "NOETHER_HEAP must be");
    }

    @Test
    void buildsOnceAndAgainWhenASourceIsNewer() throws Exception {
        tree.withJava("17.0.2").withMaven(0);
        assertThat(tree.run("demo").errors()).hasSize(1).first().asString().startsWith("building Noether once");
        assertThat(tree.run("demo").errors()).isEmpty();
        assertThat(tree.builds()).isEqualTo(1);
        tree.touch("cli/src/main/java/Changed.java", Instant.now().plusSeconds(5));
        assertThat(tree.run("demo").exitCode()).isZero();
        assertThat(tree.builds()).isEqualTo(2);
    }

    @Test
    void aChangedTestOrDocumentBuildsNothing() throws Exception {
        tree.withJava("17.0.2").withMaven(0).run("demo");
        tree.touch("cli/src/test/java/ChangedTest.java", Instant.now().plusSeconds(5));
        tree.touch("docs/changed.md", Instant.now().plusSeconds(5));
        tree.run("demo");
        assertThat(tree.builds()).isEqualTo(1);
    }

    @Test
    void aFailedBuildEndsWithCode1AndIsTriedAgain() throws Exception {
        tree.withJava("17.0.2").withMaven(1);
        Outcome outcome = tree.run("demo");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output()).isEmpty();
        assertThat(outcome.errors()).last().asString().contains("the build failed");
        tree.run("demo");
        assertThat(tree.builds()).isEqualTo(2);
    }

    @Test
    void neverBuildsIfTheVariableForbidsIt() throws Exception {
        tree.withJava("17.0.2").withMaven(0).with("NOETHER_BUILD", "never");
        refused(tree.run("demo"), "NOETHER_BUILD=never");
        assertThat(tree.builds()).isZero();
    }

    @Test
    void passesEachArgumentUnchanged() throws Exception {
        Outcome outcome = tree.withJava("17.0.2").withMaven(0).run("demo", "--for", "90 s", "", "*", "--a=b c");
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.output())
                .containsSubsequence("<dev.noether.cli.Main>", "<demo>", "<--for>", "<90 s>", "<>", "<*>", "<--a=b c>");
    }

    @Test
    void replacesItselfByTheJvmSoThatSignalsReachIt() throws Exception {
        Outcome outcome = tree.withJava("17.0.2").withMaven(0).run("demo");
        assertThat(outcome.output()).contains("pid=" + outcome.pid());
    }

    @Test
    void worksThroughSymbolicLinks() throws Exception {
        tree.withJava("17.0.2").withMaven(0);
        Path first = Files.createSymbolicLink(folder.resolve("first"), Path.of("home/noether"));
        Path second = Files.createSymbolicLink(folder.resolve("elsewhere-noether"), first);
        Outcome outcome = tree.run(second, "demo");
        assertThat(outcome.output()).contains("<-Dnoether.home=" + tree.home().toRealPath() + ">");
    }

    @Test
    void choosesTheOptionsOfTheJvm() throws Exception {
        Outcome outcome =
                tree.withJava("17.0.2").withMaven(0).with("NOETHER_HEAP", "2g").run("demo");
        Path target = tree.home().toRealPath().resolve("cli/target");
        assertThat(outcome.output())
                .contains(
                        "<@" + target.resolve("jvm.options") + ">",
                        "<-Xmx2g>",
                        "<-Djava.io.tmpdir=" + target.resolve("tmp") + ">",
                        "<-Dorg.bytedeco.javacpp.cachedir=" + target.resolve("javacpp") + ">",
                        "blas=1 omp=1")
                .anyMatch(word -> word.startsWith("<" + target + "/*:" + target.resolve("lib") + "/*"));
        assertThat(outcome.output()).noneMatch(word -> word.contains("native-access"));
    }

    @Test
    void keepsTheNumberOfThreadsOfTheUser() throws Exception {
        tree.withJava("17.0.2").withMaven(0).with("OPENBLAS_NUM_THREADS", "4").with("OMP_NUM_THREADS", "3");
        assertThat(tree.run("demo").output()).contains("blas=4 omp=3");
    }

    @Test
    void allowsNativeLibrariesFromJava24On() throws Exception {
        Outcome outcome = tree.withJava("25").withMaven(0).run("demo");
        assertThat(outcome.output()).contains("<--enable-native-access=ALL-UNNAMED>");
    }

    @Test
    void writesNothingOutsideOfTarget() throws Exception {
        tree.withJava("17.0.2").withMaven(0).run("demo");
        try (var files = Files.list(tree.home())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("noether", "pom.xml", ".mvn", "cli", "lab");
        }
        assertThat(folder.resolve("elsewhere")).isEmptyDirectory();
    }

    private static void refused(Outcome outcome, String message) {
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.output()).isEmpty();
        assertThat(outcome.errors()).hasSize(1);
        assertThat(outcome.errors().get(0)).startsWith("noether: ").contains(message);
    }
}
