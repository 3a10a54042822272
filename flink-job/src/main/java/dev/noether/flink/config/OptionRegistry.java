package dev.noether.flink.config;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The registry of options: every key of the configuration file, in the order in which the reference page and
 * {@link DetectorConfig#toYaml} list them.
 *
 * <p>Each section of the file has a class with its constants, such as {@link EntitySection}. To add a key, edit two
 * places:
 *
 * <ol>
 *   <li>The class of its section: a constant with the name, the type, the default, the unit, one sentence on its
 *       meaning, one on how to choose it, and the getter that reads it from a configuration. The order of the constants
 *       is that of the page. A new section is a new class, listed in {@link #ALL}.
 *   <li>The record that carries the value: a component with the name of the key, its {@code check} in the constructor,
 *       and its line in {@code of}.
 * </ol>
 *
 * <p>The reader, the writer, the messages and the reference page follow from the constant. Then add the key to the
 * sample in {@code DetectorConfigTest}, which fails until it is there, and make {@code docs/configuration.md} again
 * with the command that {@code OptionRegistryTest} prints. To remove a key, delete both and list it in
 * {@link RetiredKeys}.
 */
public final class OptionRegistry {
    /** Every option, in the order of the sections and of the constants in them. */
    public static final List<Option<?>> ALL = Stream.of(
                    GeneralSection.ALL,
                    KafkaSection.ALL,
                    TopicSection.ALL,
                    SourceSection.ALL,
                    ImportSection.ALL,
                    RegistrySection.ALL,
                    EntitySection.ALL,
                    WindowSection.ALL,
                    ModelSection.ALL,
                    SigningSection.ALL,
                    RetrainingSection.ALL,
                    AlarmSection.ALL,
                    MicroBatchSection.ALL,
                    OutputSection.ALL,
                    IncidentSection.ALL,
                    RuleSection.ALL,
                    NotifySection.ALL,
                    ConsoleSection.ALL,
                    CheckpointSection.ALL)
            .<Option<?>>flatMap(List::stream)
            .toList();

    private OptionRegistry() {}

    /** Returns the option of a key, or null if the key is unknown. */
    static @Nullable Option<?> find(String key) {
        for (Option<?> option : ALL) {
            if (option.key().equals(key)) {
                return option;
            }
        }
        return null;
    }

    /** Returns the names of the sections, in order; keys at top level have none. */
    static List<String> sections() {
        return ALL.stream()
                .map(Option::section)
                .filter(section -> !section.isEmpty())
                .distinct()
                .toList();
    }
}
