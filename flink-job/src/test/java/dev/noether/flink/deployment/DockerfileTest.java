package dev.noether.flink.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.noether.testing.deployment.ChildProcess;
import dev.noether.testing.deployment.ImageCopy;
import dev.noether.testing.deployment.ImageFile;
import dev.noether.testing.deployment.ImageStage;
import dev.noether.testing.deployment.ProjectFiles;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The Dockerfile keeps to the rules that matter of the usual linters, and copies only what there is. No image is built
 * here: that needs a container engine.
 */
class DockerfileTest {
    private static final Path FILE = ProjectFiles.file("deploy/docker/Dockerfile");
    private static final ImageFile IMAGES = ImageFile.read(FILE);
    private static final String LINTER = "dockerfile-utils@0.16.3";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void theParserOfDockerfilesFindsNoFault() throws IOException {
        Path folder = Files.createDirectories(ProjectFiles.file("flink-job/target/dockerfile-lint"));
        Path linter = folder.resolve("node_modules/.bin/dockerfile-utils");
        if (!Files.exists(linter)) {
            run(folder, "npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", ".", LINTER);
        }
        assumeTrue(Files.exists(linter), "the linter cannot be fetched here: npm or its registry is missing");
        assertThat(run(folder, linter.toString(), "lint", FILE.toString())).isEqualTo("0 ");
        // It would find one.
        Path wrong = Files.writeString(folder.resolve("Dockerfile"), "FROM a:1\nCOPPY b c\n");
        assertThat(run(folder, linter.toString(), "lint", wrong.toString())).contains("Unknown instruction: COPPY");
    }

    @Test
    void everySourceOfACopyExistsAndIsInTheContext() throws IOException {
        List<String> context = Files.readAllLines(ProjectFiles.file(".dockerignore"));
        int copies = 0;
        for (ImageStage stage : IMAGES.stages().values()) {
            for (ImageCopy copy : stage.copies()) {
                for (String source : copy.sources()) {
                    copies++;
                    if (copy.stage().isEmpty()) {
                        assertThat(ProjectFiles.file(source)).exists();
                        assertThat(isSent(source, context))
                                .as("%s is in the context", source)
                                .isTrue();
                    } else {
                        assertThat(IMAGES.stages()).containsKey(copy.stage());
                        assertThat(isBuilt(ImageCopy.inProject(source)))
                                .as("%s is built", source)
                                .isTrue();
                    }
                }
            }
        }
        assertThat(copies).isGreaterThan(15);
    }

    @Test
    void theContextHoldsNoBuildAndNoHistory() throws IOException {
        List<String> context = Files.readAllLines(ProjectFiles.file(".dockerignore"));
        for (String path : List.of(
                ".git/HEAD",
                "flink-job/target/classes",
                ".noether/noether.log",
                "lab/src/main",
                "flink-job/src/test",
                "docs")) {
            assertThat(isSent(path, context)).as(path).isFalse();
        }
    }

    @Test
    void everyModuleThatTheBuildNamesIsCopied() throws IOException {
        Matcher modules = Pattern.compile("<module>([^<]+)<").matcher(Files.readString(ProjectFiles.file("pom.xml")));
        List<String> sources = IMAGES.stage("sources").copies().stream()
                .flatMap(copy -> copy.sources().stream())
                .toList();
        while (modules.find()) {
            String module = modules.group(1);
            assertThat(sources).containsAnyOf(module, module + "/pom.xml");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"flink", "flink-gpu", "service"})
    void anImageHasAUserLabelsAndNoFileThatItsUserMayChange(String target) throws IOException {
        ImageStage image = IMAGES.stage(target);
        assertThat(image.user()).matches("flink|[1-9]\\d*:[1-9]\\d*");
        assertThat(image.labels())
                .containsEntry("org.opencontainers.image.licenses", "Apache-2.0")
                .containsEntry("org.opencontainers.image.version", "${VERSION}")
                .containsKeys(
                        "org.opencontainers.image.title",
                        "org.opencontainers.image.description",
                        "org.opencontainers.image.revision");
        String pom = Files.readString(ProjectFiles.file("pom.xml"));
        for (String argument : image.texts("ARG")) {
            if (argument.startsWith("VERSION=")) {
                assertThat(pom).contains("<version>" + argument.substring("VERSION=".length()) + "</version>");
            }
        }
        assertThat(Files.readString(FILE)).doesNotContain("--chown", "--chmod=7", "sudo");
    }

    @Test
    void noRuleOfTheLintersIsBroken() {
        IMAGES.stages().values().forEach(stage -> {
            assertThat(stage.base()).as("a base is an argument or a stage").matches("\\$\\{[A-Z_]+}|[a-z-]+");
            assertThat(stage.texts("ADD")).as("COPY does no more than it says").isEmpty();
            assertThat(stage.texts("RUN"))
                    .noneMatch(command -> command.matches(".*\\b(curl|wget|apt-get|cd|sudo|pip|chmod 777)\\b.*"));
            assertThat(stage.texts("WORKDIR")).allMatch(folder -> folder.startsWith("/"));
            assertThat(stage.texts("ENTRYPOINT")).allMatch(words -> words.startsWith("["));
            assertThat(stage.texts("CMD")).allMatch(words -> words.startsWith("["));
            assertThat(stage.environment().keySet()).noneMatch(key -> key.matches("(?i).*(password|secret|token).*"));
        });
        assertThat(IMAGES.arguments().values()).noneMatch(image -> image.endsWith(":latest") || !image.contains(":"));
    }

    @Test
    void theServiceStartsAsTheLauncherExpects() {
        ImageStage image = IMAGES.stage("service");
        assertThat(image.entryPoint()).containsExactly("/opt/noether/noether");
        assertThat(image.environment()).containsEntry("NOETHER_BUILD", "never");
        String log = image.environment().getOrDefault("NOETHER_LOG_CONFIG", "");
        assertThat(image.copies().stream().map(ImageCopy::target)).contains(log, "/opt/noether/cli/target/lib");
        assertThat(ProjectFiles.file("noether")).isExecutable();
    }

    /** Whether a file is sent to the engine, or any file of a folder. */
    private static boolean isSent(String path, List<String> lines) throws IOException {
        Path folder = ProjectFiles.file(path);
        if (!Files.isDirectory(folder)) {
            return isFileSent(path, lines);
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .anyMatch(file ->
                            isFileSent(ProjectFiles.root().relativize(file).toString(), lines));
        }
    }

    /** As the engine reads .dockerignore: the last line that fits the path, or a folder above it, decides. */
    private static boolean isFileSent(String path, List<String> lines) {
        boolean sent = true;
        for (String line : lines) {
            boolean includes = line.startsWith("!");
            if (!line.isBlank() && !line.startsWith("#") && fits(includes ? line.substring(1) : line, path)) {
                sent = includes;
            }
        }
        return sent;
    }

    private static boolean fits(String pattern, String path) {
        var matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        for (Path above = Path.of(path); above != null; above = above.getParent()) {
            if (matcher.matches(above)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBuilt(String source) throws IOException {
        String[] moduleAndPath = source.split("/target/", 2);
        String pom = Files.readString(ProjectFiles.file(moduleAndPath[0] + "/pom.xml"));
        if (moduleAndPath[1].matches("noether-[a-z]+-\\*\\.jar")) {
            return pom.contains("<artifactId>" + moduleAndPath[1].replace("-*.jar", "") + "</artifactId>");
        }
        return pom.contains(">${project.build.directory}/" + moduleAndPath[1] + "<")
                || Files.exists(ProjectFiles.file(moduleAndPath[0] + "/src/main/launcher/" + moduleAndPath[1]));
    }

    /** The exit status and the output. */
    private static String run(Path folder, String... words) throws IOException {
        Path log = folder.resolve("lint.log");
        Files.deleteIfExists(log);
        try (ChildProcess process =
                ChildProcess.start("lint", new ArrayList<>(List.of(words)), Map.of(), folder, log)) {
            return process.awaitExit(PATIENCE) + " " + process.output().strip();
        } catch (java.io.UncheckedIOException | AssertionError e) {
            return "none " + e.getMessage();
        }
    }
}
