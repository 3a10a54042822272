package dev.noether.flink.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.testing.deployment.ChildProcess;
import dev.noether.testing.deployment.FlinkHome;
import dev.noether.testing.deployment.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the build hands to a Flink cluster: the job jar for {@code usrlib/} and the ND4J jars for {@code lib/}. */
class JobJarIT {
    private static final Path JOB_JAR = ProjectFiles.file("flink-job/target/noether-flink-job.jar");
    private static final Path FLINK_LIBRARIES = ProjectFiles.file("flink-job/target/flink-lib");

    @TempDir
    private Path folder;

    @Test
    void theJobJarHoldsOurCodeAndTheConnector() throws IOException {
        assertThat(entries())
                .contains(
                        "dev/noether/flink/config/DetectorConfig.class",
                        "dev/noether/schemas/package-info.class",
                        "org/apache/flink/connector/kafka/source/KafkaSource.class",
                        "org/apache/kafka/clients/consumer/KafkaConsumer.class",
                        "org/apache/avro/Schema.class",
                        "org/snakeyaml/engine/v2/api/Load.class");
    }

    @Test
    void theJobJarHoldsNothingThatFlinkOrItsLibFolderHas() throws IOException {
        for (String foreign : List.of(
                "org/apache/flink/runtime/",
                "org/apache/flink/streaming/api/",
                "org/apache/flink/streaming/runtime/",
                "org/apache/flink/api/",
                "org/slf4j/",
                "org/apache/logging/",
                "org/nd4j/",
                "org/bytedeco/")) {
            assertThat(entries()).as("classes of %s", foreign).noneMatch(entry -> entry.startsWith(foreign));
        }
    }

    @Test
    void theJobJarCarriesTheLicencesOfWhatItHolds() throws IOException {
        assertThat(entries()).contains("META-INF/LICENSE", "META-INF/NOTICE");
        assertThat(entries()).noneMatch(entry -> entry.matches("META-INF/[^/]+\\.(SF|DSA|RSA)"));
    }

    @Test
    void nd4jWorksFromTheFlinkLibFolderAlone() {
        FlinkHome home = FlinkHome.create(folder.resolve("flink"));
        home.addJar("probe.jar", List.of(Nd4jProbe.class), "", "");
        ChildProcess probe = ChildProcess.start(
                "nd4j-probe",
                List.of(
                        System.getProperty("java.home") + "/bin/java",
                        "-cp",
                        // Flink's lib/ brings the logging that ND4J asks for.
                        home.folder().resolve("lib") + "/*:" + FLINK_LIBRARIES + "/*:"
                                + home.folder().resolve("probe.jar"),
                        Nd4jProbe.class.getName()),
                Map.of("OPENBLAS_NUM_THREADS", "1", "OMP_NUM_THREADS", "1"),
                folder,
                folder.resolve("probe.log"));
        if (probe.awaitExit(Duration.ofSeconds(60)) != 0) {
            throw probe.failure("could not multiply two matrices");
        }
        assertThat(probe.output()).contains("product=19.0");
    }

    @Test
    void theFlinkLibFolderHoldsNoPartOfFlink() throws IOException {
        try (Stream<Path> jars = Files.list(FLINK_LIBRARIES)) {
            assertThat(jars.map(jar -> jar.getFileName().toString()))
                    .isNotEmpty()
                    .noneMatch(name ->
                            name.startsWith("flink-") || name.startsWith("noether") || name.startsWith("slf4j"));
        }
    }

    private static List<String> entries() throws IOException {
        try (JarFile jar = new JarFile(JOB_JAR.toFile())) {
            return Collections.list(jar.entries()).stream()
                    .map(entry -> entry.getName())
                    .toList();
        }
    }
}
