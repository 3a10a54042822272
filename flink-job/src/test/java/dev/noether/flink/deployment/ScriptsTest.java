package dev.noether.flink.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts of {@code deploy/bin}, run by the shell with a stand-in for Java. */
class ScriptsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long INCOMPLETE = -1;

    @TempDir
    private Path folder;

    @Test
    void resumeStartsAfreshWithoutACheckpoint() throws IOException {
        ChildProcess process =
                resume(Map.of(), "echo", "standalone-job", "--job-classname", "Job", "--", "--config", "a b");
        assertThat(process.awaitExit(PATIENCE)).isZero();
        assertThat(process.output())
                .contains("starts afresh")
                .contains("standalone-job --job-classname Job -- --config a b");
    }

    @Test
    void resumeTakesTheNewestCompleteCheckpoint() throws IOException {
        // Numbers begin again where a job was started afresh.
        checkpoint("job/chk-1000", 1);
        checkpoint("job/chk-9", 2);
        checkpoint("job/chk-10", 3);
        checkpoint("job/chk-11", INCOMPLETE);
        ChildProcess process =
                resume(Map.of(), "echo", "standalone-job", "--job-classname", "Job", "--", "--config", "a b");
        assertThat(process.awaitExit(PATIENCE)).isZero();
        assertThat(process.output())
                .contains("standalone-job --fromSavepoint " + folder + "/checkpoints/job/chk-10 --job-classname Job"
                        + " -- --config a b");
    }

    @Test
    void resumeTakesASavepointThatIsNewer() throws IOException {
        checkpoint("job/chk-10", 1);
        checkpoint("savepoints/savepoint-6e6f65-0123", 2);
        assertThat(resumed(Map.of())).contains("checkpoints/savepoints/savepoint-6e6f65-0123 --job-classname");
        checkpoint("job/chk-11", 3);
        assertThat(resumed(Map.of())).contains("checkpoints/job/chk-11 --job-classname");
    }

    @Test
    void resumeCanBeToldFromWhere() throws IOException {
        checkpoint("job/chk-10", 1);
        checkpoint("job/chk-11", 2);
        String wanted = folder.resolve("checkpoints/job/chk-10").toString();
        assertThat(resumed(Map.of("NOETHER_RESUME", wanted))).contains("--fromSavepoint " + wanted + " ");
        ChildProcess process = resume(Map.of("NOETHER_RESUME", wanted + "0"), "echo", "--job-classname", "Job");
        assertThat(process.awaitExit(PATIENCE)).isEqualTo(2);
        assertThat(process.output()).contains("there is no complete checkpoint or savepoint in it");
    }

    private String resumed(Map<String, String> environment) throws IOException {
        ChildProcess process = resume(environment, "echo", "--job-classname", "Job");
        assertThat(process.awaitExit(PATIENCE)).isZero();
        return process.output();
    }

    @Test
    void resumeCanBeToldNotTo() throws IOException {
        checkpoint("job/chk-9", 1);
        ChildProcess process = resume(Map.of("NOETHER_RESUME", "never"), "echo", "--job-classname", "Job");
        assertThat(process.awaitExit(PATIENCE)).isZero();
        assertThat(process.output()).doesNotContain("chk-9");
    }

    @Test
    void retrainsAgainAfterAFailureAndTellsOfIt() throws IOException {
        ChildProcess process = retrain(2, "echo run \"$@\" >> runs; [ \"$(wc -l < runs)\" -gt 1 ]");
        assertThat(process.awaitExit(PATIENCE)).isZero();
        assertThat(process.output()).contains("the retraining ended with 1");
        List<String> runs = Files.readAllLines(folder.resolve("runs"));
        assertThat(runs).hasSize(2);
        assertThat(runs.get(0))
                .contains("-Xmx1g")
                .contains("--add-opens=java.base/java.util=ALL-UNNAMED")
                .contains(folder + "/flink/lib/nd4j/*:" + folder + "/flink/usrlib/*")
                .endsWith("dev.noether.flink.job.RetrainingJob --config /opt/noether/detector.yaml");
    }

    @Test
    void theRetrainerEndsItsTrainingWhenItIsStopped() throws IOException {
        ChildProcess process = retrain(0, "echo $$ > pid; exec sleep 60");
        Path pid = folder.resolve("pid");
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while ((!Files.exists(pid) || Files.size(pid) == 0) && System.nanoTime() < deadline) {
            ProcessStack.pause(Duration.ofMillis(50));
        }
        long training = Long.parseLong(Files.readString(pid).strip());
        long before = System.nanoTime();
        process.close();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
        assertThat(ProcessHandle.of(training).map(ProcessHandle::isAlive).orElse(false))
                .isFalse();
    }

    @Test
    void commandsRunWithTheKernelsThatSuitTheProcessor() throws IOException {
        Path scripts = Files.createDirectories(folder.resolve("bin"));
        Path script =
                Files.copy(ProjectFiles.file("deploy/bin/with-fast-products"), scripts.resolve("with-fast-products"));
        assertThat(script).isExecutable();
        Files.writeString(scripts.resolve("blas-core-type"), "echo SKYLAKEX\n");
        assertThat(coreType(script, "")).isEqualTo("SKYLAKEX a b");
        assertThat(coreType(script, "Haswell")).as("what the user says holds").isEqualTo("Haswell a b");
        Files.writeString(scripts.resolve("blas-core-type"), "");
        assertThat(coreType(script, "")).as("OpenBLAS knows the processor").isEqualTo("a b");
        Files.writeString(scripts.resolve("blas-core-type"), "exit 1\n");
        assertThat(coreType(script, "")).as("better slow than not at all").isEqualTo("a b");
    }

    private String coreType(Path script, String given) throws IOException {
        List<String> words = List.of(script.toString(), "sh", "-c", "echo $OPENBLAS_CORETYPE \"$1\"", "sh", "a b");
        Path log = folder.resolve("products.log");
        Files.deleteIfExists(log);
        ChildProcess process = ChildProcess.start("products", words, Map.of("OPENBLAS_CORETYPE", given), folder, log);
        assertThat(process.awaitExit(PATIENCE)).isZero();
        return process.output().strip();
    }

    private ChildProcess resume(Map<String, String> environment, String... words) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProjectFiles.file("deploy/bin/resume").toString());
        command.add(Files.createDirectories(folder.resolve("checkpoints")).toString());
        command.addAll(List.of(words));
        return ChildProcess.start("resume", command, environment, folder, folder.resolve("resume.log"));
    }

    private ChildProcess retrain(int runs, String java) throws IOException {
        Path script = folder.resolve("jvm/bin/java");
        Files.createDirectories(script.getParent());
        Files.writeString(script, "#!/bin/sh\n" + java + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        Map<String, String> environment = new TreeMap<>(Map.of(
                "JAVA_HOME", folder.resolve("jvm").toString(),
                "FLINK_HOME", folder.resolve("flink").toString(),
                "FLINK_CONF_DIR", ProjectFiles.file("deploy/flink").toString(),
                "NOETHER_RETRAIN_ALIVE", folder.resolve("alive").toString(),
                "NOETHER_RETRAIN_FIRST", "0",
                "NOETHER_RETRAIN_EVERY", "0",
                "NOETHER_RETRAIN_RUNS", Integer.toString(runs)));
        return ChildProcess.start(
                "retrainer",
                List.of(
                        ProjectFiles.file("deploy/bin/retrain-periodically").toString(),
                        "--config",
                        "/opt/noether/detector.yaml"),
                environment,
                folder,
                folder.resolve("retrainer.log"));
    }

    /** Writes a checkpoint, at such a time in seconds. */
    private void checkpoint(String name, long time) throws IOException {
        Path checkpoint = Files.createDirectories(folder.resolve("checkpoints").resolve(name));
        Files.writeString(checkpoint.resolve("data"), "state");
        if (time != INCOMPLETE) {
            Path metadata = Files.writeString(checkpoint.resolve("_metadata"), "metadata");
            Files.setLastModifiedTime(metadata, FileTime.from(time, TimeUnit.SECONDS));
        }
    }
}
