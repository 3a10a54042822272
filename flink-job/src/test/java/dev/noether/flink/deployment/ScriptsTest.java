package dev.noether.flink.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.flink.container.NewestCheckpoint;
import dev.noether.testing.deployment.ChildProcess;
import dev.noether.testing.deployment.ProcessStack;
import dev.noether.testing.deployment.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts of {@code deploy/bin}, run with a shell script in place of Java. */
class ScriptsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    @Test
    void resumeStartsTheJobWithEmptyStateWithoutACheckpoint() throws IOException {
        ChildProcess process = resume("exit 0", Map.of());
        assertThat(process.awaitExit(PATIENCE)).isZero();
        assertThat(process.output())
                .contains("the job starts with empty state")
                .contains("standalone-job --job-classname Job -- --config a b --recover empty");
    }

    @Test
    void resumeRepeatsNoOutputAfterADamagedCheckpoint() throws IOException {
        ChildProcess process = resume("echo /data/job/chk-9; echo recover", Map.of());
        assertThat(process.awaitExit(PATIENCE)).isZero();
        assertThat(process.output())
                .contains("a newer checkpoint is damaged")
                .contains("--fromSavepoint /data/job/chk-9 --job-classname Job -- --config a b"
                        + " --recover /data/job/chk-9");
    }

    @Test
    void resumeRecoversWithTheDetectorsFile() throws IOException {
        Map<String, String> environment = Map.of("NOETHER_RESUME", "recover");
        ChildProcess process = resume("echo \"$@\" >> runs; echo /data/job/chk-8", environment);
        assertThat(process.awaitExit(PATIENCE)).isZero();
        assertThat(process.output()).contains("--config a b --recover /data/job/chk-8");
        assertThat(Files.readString(folder.resolve("runs")).strip())
                .endsWith(NewestCheckpoint.class.getName() + " " + folder + "/checkpoints recover a b");
        process = resume("exit 0", environment);
        assertThat(process.awaitExit(PATIENCE)).isZero();
        assertThat(process.output()).contains("--config a b --recover empty").doesNotContain("fromSavepoint");
    }

    @Test
    void resumeContinuesFromTheCheckpointThatTheSearchFinds() throws IOException {
        ChildProcess process = resume("echo \"$@\" >> runs; echo /data/job/chk-10", Map.of());
        assertThat(process.awaitExit(PATIENCE)).isZero();
        assertThat(process.output())
                .contains("the job continues from /data/job/chk-10")
                .contains("standalone-job --fromSavepoint /data/job/chk-10 --job-classname Job -- --config a b")
                .doesNotContain("--recover");
        assertThat(Files.readString(folder.resolve("runs")).strip())
                .endsWith(NewestCheckpoint.class.getName() + " " + folder + "/checkpoints");
    }

    @Test
    void resumeStartsNothingWhenTheSearchFails() throws IOException {
        ChildProcess process = resume("exit 1", Map.of());
        assertThat(process.awaitExit(PATIENCE)).isEqualTo(1);
        assertThat(process.output()).doesNotContain("standalone-job");
    }

    @Test
    void resumeContinuesFromTheFolderThatItIsGiven() throws IOException {
        Path wanted = Files.createDirectories(folder.resolve("checkpoints/job/chk-10"));
        Files.writeString(wanted.resolve("_metadata"), "metadata");
        ChildProcess process = resume("echo /data/job/chk-11", Map.of("NOETHER_RESUME", wanted.toString()));
        assertThat(process.awaitExit(PATIENCE)).isZero();
        assertThat(process.output()).contains("--fromSavepoint " + wanted + " ").doesNotContain("chk-11");
        process = resume("echo /data/job/chk-11", Map.of("NOETHER_RESUME", wanted + "0"));
        assertThat(process.awaitExit(PATIENCE)).isEqualTo(2);
        assertThat(process.output()).contains("there is no complete checkpoint or savepoint in it");
    }

    @Test
    void resumeCanBeSwitchedOff() throws IOException {
        ChildProcess process = resume("echo /data/job/chk-9", Map.of("NOETHER_RESUME", "never"));
        assertThat(process.awaitExit(PATIENCE)).isZero();
        assertThat(process.output()).contains("standalone-job").doesNotContain("chk-9");
    }

    @Test
    void aClassOfTheJobJarRunsWithFlinksLibrariesAndOptions() throws IOException {
        ChildProcess process = runClass("echo run \"$@\"; exit 3", "dev.noether.Service", "--config", "a b");
        assertThat(process.awaitExit(PATIENCE)).isEqualTo(3);
        assertThat(process.output().strip())
                .contains("-Xmx1g")
                .contains("--add-opens=java.base/java.util=ALL-UNNAMED")
                .contains(folder + "/flink/lib/*:" + folder + "/flink/lib/nd4j/*:" + folder + "/flink/usrlib/*")
                .endsWith("dev.noether.Service --config a b");
    }

    @Test
    void aStopSignalReachesTheClass() throws IOException {
        ChildProcess process = runClass("echo $$ > pid; exec sleep 60", "dev.noether.Service");
        Path pid = folder.resolve("pid");
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while ((!Files.exists(pid) || Files.size(pid) == 0) && System.nanoTime() < deadline) {
            ProcessStack.pause(Duration.ofMillis(50));
        }
        assertThat(Files.readString(pid).strip()).as("Java replaces the shell").isEqualTo("" + process.pid());
        process.close();
        assertThat(process.isAlive()).isFalse();
    }

    /** Runs deploy/bin/resume before a command that prints its arguments; the stand-in for Java is a shell script. */
    private ChildProcess resume(String java, Map<String, String> environment) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProjectFiles.file("deploy/bin/resume").toString());
        command.add(Files.createDirectories(folder.resolve("checkpoints")).toString());
        command.addAll(List.of("echo", "standalone-job", "--job-classname", "Job", "--", "--config", "a b"));
        return start("resume", command, java, environment);
    }

    private ChildProcess runClass(String java, String... words) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProjectFiles.file("deploy/bin/run-class").toString());
        command.addAll(List.of(words));
        return start("run-class", command, java, Map.of());
    }

    private ChildProcess start(String name, List<String> command, String java, Map<String, String> further)
            throws IOException {
        Path script = folder.resolve("jvm/bin/java");
        Files.createDirectories(script.getParent());
        Files.writeString(script, "#!/bin/sh\n" + java + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        Map<String, String> environment = new TreeMap<>(Map.of(
                "JAVA_HOME", folder.resolve("jvm").toString(),
                "FLINK_HOME", folder.resolve("flink").toString(),
                "FLINK_CONF_DIR", ProjectFiles.file("deploy/flink").toString()));
        environment.putAll(further);
        Path log = folder.resolve(name + ".log");
        Files.deleteIfExists(log);
        return ChildProcess.start(name, command, environment, folder, log);
    }
}
