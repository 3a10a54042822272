package dev.noether.cli.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A small source tree for the launcher, with fake {@code java} and {@code mvn} programs that record their calls. */
final class LauncherTree {
    private static final List<String> TOOLS =
            List.of("sed", "head", "find", "readlink", "mkdir", "touch", "mv", "cat", "sh");
    private static final String FAKE_JAVA = """
            #!/bin/sh
            if [ "$1" = -version ]; then echo 'openjdk version "%s" 2025' >&2; exit 0; fi
            echo "pid=$$"
            echo "blas=$OPENBLAS_NUM_THREADS omp=$OMP_NUM_THREADS"
            for word in "$@"; do echo "<$word>"; done
            """;
    private static final String FAKE_MAVEN = """
            #!/bin/sh
            echo "$@" >> "%s"
            mkdir -p cli/target/lib lab/target/lib
            touch cli/target/jvm.options
            exit %d
            """;

    private final Path folder;
    private final Map<String, String> environment = new TreeMap<>();

    /**
     * The result of one call.
     *
     * @param exitCode exit code of the process
     * @param pid id of the process
     * @param output lines on standard output
     * @param errors lines on standard error
     */
    record Outcome(int exitCode, long pid, List<String> output, List<String> errors) {}

    private LauncherTree(Path folder) {
        this.folder = folder;
    }

    static LauncherTree create(Path folder) throws IOException {
        LauncherTree tree = new LauncherTree(folder);
        Path tools = Files.createDirectories(folder.resolve("tools"));
        for (String tool : TOOLS) {
            Files.createSymbolicLink(tools.resolve(tool), onPath(tool));
        }
        tree.environment.put("PATH", tools.toString());
        Files.createDirectories(tree.home().resolve("cli/src/main"));
        Files.createDirectories(tree.home().resolve(".mvn"));
        Files.copy(projectLauncher(), tree.launcher(), StandardCopyOption.COPY_ATTRIBUTES);
        tree.touch("pom.xml", Instant.now().minusSeconds(60));
        return tree;
    }

    LauncherTree withJava(String version) throws IOException {
        script("java", FAKE_JAVA.formatted(version));
        script("javac", "#!/bin/sh\n");
        return this;
    }

    LauncherTree withMaven(int exitCode) throws IOException {
        script("mvn", FAKE_MAVEN.formatted(folder.resolve("maven.log"), exitCode));
        return this;
    }

    LauncherTree with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Path home() {
        return folder.resolve("home");
    }

    Path launcher() {
        return home().resolve("noether");
    }

    void touch(String relative, Instant time) throws IOException {
        Path file = home().resolve(relative);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
        Files.setLastModifiedTime(file, FileTime.from(time));
    }

    int builds() throws IOException {
        Path log = folder.resolve("maven.log");
        return Files.exists(log) ? Files.readAllLines(log).size() : 0;
    }

    Outcome run(String... arguments) throws IOException, InterruptedException {
        return run(launcher(), arguments);
    }

    Outcome run(Path script, String... arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("/bin/sh", script.toString()));
        words.addAll(List.of(arguments));
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Path output = folder.resolve("output");
        Path errors = folder.resolve("errors");
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(elsewhere.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the launcher did not end within 30 s");
        }
        return new Outcome(process.exitValue(), process.pid(), lines(output), lines(errors));
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file, StandardCharsets.UTF_8);
    }

    private void script(String name, String text) throws IOException {
        Path file = folder.resolve("tools").resolve(name);
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path onPath(String tool) {
        for (String part : System.getenv("PATH").split(":", -1)) {
            Path file = Path.of(part).resolve(tool);
            if (Files.isExecutable(file)) {
                return file;
            }
        }
        throw new IllegalStateException("this computer has no " + tool);
    }

    /** The launcher of the project. */
    static Path projectLauncher() {
        for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
            if (Files.exists(up.resolve("noether")) && Files.exists(up.resolve("docker-compose.yml"))) {
                return up.resolve("noether");
            }
        }
        throw new IllegalStateException("no launcher above " + Path.of("").toAbsolutePath());
    }
}
