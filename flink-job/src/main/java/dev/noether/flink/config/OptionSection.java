package dev.noether.flink.config;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A section of the configuration file while its options are declared: makes each option, and keeps the order. Filled
 * while the class with the constants loads, and not used after that; not thread-safe.
 */
final class OptionSection {
    private final String prefix;
    private final List<Option<?>> options = new ArrayList<>();

    /**
     * Makes an empty section.
     *
     * @param name key of the section; empty for the top level
     */
    OptionSection(String name) {
        this.prefix = name.isEmpty() ? "" : name + ".";
    }

    /** An option with a constant default. */
    <T> Option<T> option(
            String name,
            OptionType<T> type,
            T defaultValue,
            String unit,
            String description,
            String choosing,
            Function<DetectorConfig, T> getter) {
        String shown = "`" + type.write(defaultValue) + "`";
        return add(name, type, new OptionDefault.Constant<>(defaultValue, shown), unit, description, choosing, getter);
    }

    /** An option that the file must contain. */
    <T> Option<T> required(
            String name,
            OptionType<T> type,
            String unit,
            String description,
            String choosing,
            Function<DetectorConfig, T> getter) {
        return add(name, type, new OptionDefault.None<>(), unit, description, choosing, getter);
    }

    /** A topic, whose default name is made from the detector's name. */
    Option<String> topic(String name, String description, String choosing, Function<DetectorConfig, String> getter) {
        OptionDefault<String> byDetector = new OptionDefault.Derived<>(
                values -> values.get(GeneralSection.DETECTOR) + "." + name, "`<detector>." + name + "`");
        return add(name, OptionType.topic(), byDetector, "", description, choosing, getter);
    }

    /** A directory whose default lies below the user's home. */
    Option<URI> directory(
            String name, String folder, String description, String choosing, Function<DetectorConfig, URI> getter) {
        OptionDefault<URI> byDetector = new OptionDefault.Derived<>(
                values -> StateHome.directory(values.get(GeneralSection.DETECTOR), folder),
                "`" + StateHome.SHOWN + folder + "`");
        return add(name, OptionType.directory(), byDetector, "", description, choosing, getter);
    }

    /** The options so far, in order. */
    List<Option<?>> options() {
        return List.copyOf(options);
    }

    private <T> Option<T> add(
            String name,
            OptionType<T> type,
            OptionDefault<T> defaults,
            String unit,
            String description,
            String choosing,
            Function<DetectorConfig, T> getter) {
        Option<T> option = new Option<>(prefix + name, type, defaults, unit, description, choosing, getter);
        options.add(option);
        return option;
    }
}
