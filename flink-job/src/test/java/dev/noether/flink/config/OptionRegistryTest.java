package dev.noether.flink.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.model.feature.FeatureSchema;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OptionRegistryTest {
    private static final Path PAGE = Path.of("..", "docs", "configuration.md");
    private static final String REGENERATE =
            "mvn -pl flink-job -am test -Dtest=OptionRegistryTest -Dsurefire.failIfNoSpecifiedTests=false"
                    + " -Dnoether.regenerate";

    private final DetectorConfig defaults = DetectorConfig.withDefaults("fleet", new FeatureSchema(List.of("cpu")));

    static Stream<Option<?>> options() {
        return OptionRegistry.ALL.stream();
    }

    @Test
    void noKeyOccursTwice() {
        assertThat(OptionRegistry.ALL.stream().map(Option::key)).doesNotHaveDuplicates();
    }

    @Test
    void everyValueOfTheConfigurationHasAnOption() {
        List<String> names = new ArrayList<>();
        addNames(DetectorConfig.class, names);
        assertThat(OptionRegistry.ALL.stream().map(Option::name)).containsExactlyInAnyOrderElementsOf(names);
    }

    /** Adds the names of the components that are values; a record is a group of them. */
    private static void addNames(Class<?> type, List<String> names) {
        for (RecordComponent component : type.getRecordComponents()) {
            Class<?> inner = component.getType();
            if (inner.isRecord() && inner.getPackage().equals(DetectorConfig.class.getPackage())) {
                assertThat(inner.getRecordComponents().length)
                        .as(inner.getName())
                        .isLessThan(10);
                addNames(inner, names);
            } else {
                names.add(component.getName());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("options")
    <T> void anOptionExplainsItselfAndReadsWhatItWrites(Option<T> option) {
        assertThat(option.description()).endsWith(".").doesNotContain("|");
        assertThat(option.choosing()).endsWith(".").doesNotContain("|");
        assertThat(option.type().expectation()).doesNotContain("|");
        assertThat(option.isRequired())
                .isEqualTo(option == GeneralSection.DETECTOR || option == GeneralSection.FEATURES);
        T value = option.of(defaults);
        assertThat(option.check(value)).isEqualTo(value);
        assertThat(option.type().read(option.type().write(value))).isEqualTo(value);
        if (option.defaultValue() != null) {
            assertThat(value).isEqualTo(option.defaultValue());
        }
    }

    @ParameterizedTest
    @MethodSource("options")
    <T> void anOptionRefusesWhatIsOfAnotherTypeAndSaysWhatWouldBeRight(Option<T> option) {
        // No option takes a list that holds a mapping.
        String yaml = "detector: fleet\nfeatures: [cpu]\n"
                + (option.section().isEmpty()
                        ? option.name() + ": [{}]\n"
                        : option.section() + ":\n  " + option.name() + ": [{}]\n");
        assertThatThrownBy(() -> DetectorConfig.parse(yaml, "test"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(
                        "`" + option.key() + "` must be " + option.type().expectation() + " (got a nested list)");
    }

    @Test
    void theReferencePageIsUpToDate() throws IOException {
        String page = OptionsPage.markdown();
        if (System.getProperty("noether.regenerate") != null) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).as("make it anew with: %s", REGENERATE).exists();
        assertThat(Files.readString(PAGE))
                .as("docs/configuration.md differs from the registry of options; make it anew with: %s", REGENERATE)
                .isEqualTo(page);
    }
}
