package dev.noether.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages link the contracts that are written, not older ones. */
class ReadmeLinksTest {
    private static final Path ROOT = Files.exists(Path.of("README.md")) ? Path.of("") : Path.of("..");
    private static final Pattern CONTRACT = Pattern.compile("dev/noether/schemas/v(\\d+)/(\\w+)\\.avsc");

    static Stream<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(
                    Stream.of(ROOT.resolve("README.md")),
                    docs.filter(page -> page.toString().endsWith(".md")).toList().stream());
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void aLinkedContractIsTheNewest(Path page) throws IOException {
        for (MatchResult link :
                CONTRACT.matcher(Files.readString(page)).results().toList()) {
            Path contracts = ROOT.resolve("schemas/src/main/resources");
            assertThat(contracts.resolve(link.group())).exists();
            for (int later = Integer.parseInt(link.group(1)) + 1; later < 20; later++) {
                assertThat(contracts.resolve("dev/noether/schemas/v" + later + "/" + link.group(2) + ".avsc"))
                        .as("%s is not the newest, in %s", link.group(), page)
                        .doesNotExist();
            }
        }
    }

    @Test
    void theReadmeLinksTheContractsThatAProgramNeeds() throws IOException {
        assertThat(Files.readString(ROOT.resolve("README.md")))
                .contains("/Observation.avsc", "/Score.avsc", "/Incident.avsc");
    }
}
