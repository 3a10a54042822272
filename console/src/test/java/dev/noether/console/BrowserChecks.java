package dev.noether.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.noether.testing.deployment.ProjectFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs a program of {@code src/test/browser} with Node.js and answers its questions. */
final class BrowserChecks {
    private static final Path PACKAGES = ProjectFiles.file("target/browser");
    /** Libraries of the browser that the machine may lack. */
    private static final Path LIBRARIES =
            PACKAGES.resolve("usr/lib/" + System.getProperty("os.arch").replace("amd64", "x86_64") + "-linux-gnu");

    private static final Path PROGRAMS = ProjectFiles.file("console/src/test/browser");
    private static final List<Path> CHROMIUMS =
            List.of(Path.of("/usr/bin/chromium"), PACKAGES.resolve("usr/lib/chromium/chromium"));
    private static final String MISSING = "skipped: %s is missing; .ci/install-browser unpacks it into target/browser";

    /** Does what a program asks, and answers in one line of JSON. */
    @FunctionalInterface
    interface Answers {
        String answer(String question) throws Exception;
    }

    private BrowserChecks() {}

    /** Skips the test, with a printed reason, where a browser cannot run. */
    static void assumeBrowser() {
        assume(
                Arrays.stream(System.getenv("PATH").split(":", -1))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "node"))),
                "Node.js");
        assume(Files.isDirectory(PACKAGES.resolve("node_modules/playwright-core")), "playwright-core");
        assume(Files.isDirectory(PACKAGES.resolve("node_modules/axe-core")), "axe-core");
        assume(chromium() != null, "chromium");
    }

    private static @Nullable Path chromium() {
        return CHROMIUMS.stream().filter(Files::isExecutable).findFirst().orElse(null);
    }

    private static void assume(boolean isThere, String what) {
        String reason = MISSING.formatted(what);
        if (!isThere) {
            System.out.println(reason);
        }
        assumeTrue(isThere, reason);
    }

    /** Runs a program to its end; the test fails if one of its checks does. Prints its lines. */
    static void run(String program, String url, Map<String, String> environment, Answers answers) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder("node", PROGRAMS.resolve(program).toString());
        builder.redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.environment().put("CONSOLE_URL", url);
        builder.environment()
                .put("NODE_MODULES", PACKAGES.resolve("node_modules").toString());
        builder.environment().put("CHROMIUM", chromium().toString());
        builder.environment().put("LD_LIBRARY_PATH", LIBRARIES + ":" + LIBRARIES.resolve("pulseaudio"));
        Process process = builder.start();
        try {
            List<String> lines = converse(process, answers);
            assertThat(process.waitFor()).as(String.join("\n", lines)).isZero();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static List<String> converse(Process process, Answers answers) throws Exception {
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader =
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                Writer writer = process.outputWriter(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
                if (line.startsWith("ask ")) {
                    answer(writer, answers.answer(line.substring(4)));
                } else if (!line.startsWith("results ")) {
                    System.out.println(line);
                }
            }
        }
        return lines;
    }

    private static void answer(Writer writer, String text) throws IOException {
        writer.write(text + "\n");
        writer.flush();
    }
}
