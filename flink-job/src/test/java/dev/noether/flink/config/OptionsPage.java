package dev.noether.flink.config;

/** The reference page {@code docs/configuration.md}, generated from {@link OptionRegistry}. */
final class OptionsPage {
    private static final int WIDTH = 118;
    private static final String HEAD = """
            # Configuration

            <!-- Generated from OptionRegistry.java; OptionRegistryTest prints the command that generates it again. -->

            Each detector has one YAML file. Only `detector` and `features` must be given; all other keys have defaults.
            Unknown keys, wrong types and values out of range are errors, and all of them are reported at once. \
            Symbols may be
            written in upper or lower case. Durations are in ISO-8601: `PT0.02S`, `PT30S`, `P1D`.

            ```yaml
            detector: fleet
            features: [cpu, memory, disk, network]
            kafka:
              bootstrapServers: broker-1:9092,broker-2:9092
              properties:
                security.protocol: SASL_SSL
                sasl.mechanism: PLAIN
                sasl.jaas.config: ${file:/run/secrets/kafka-jaas}
            model:
              store: /var/lib/noether/models
            checkpoints:
              directory: /var/lib/noether/checkpoints
            ```

            Secrets are in environment variables or files, and the configuration names them: `${env:NAME}`,
            `${file:/path}`. A job has only these names: each machine that runs a part of it needs the secrets. Line
            breaks at the end of a file are no part of the secret; an empty file is an error.
            """;

    private OptionsPage() {}

    static String markdown() {
        StringBuilder page = new StringBuilder(HEAD);
        section(page, "Top level", "");
        for (String section : OptionRegistry.sections()) {
            section(page, "`" + section + "`", section);
        }
        return page.toString();
    }

    private static void section(StringBuilder page, String title, String section) {
        page.append("\n## ").append(title).append("\n\n");
        for (Option<?> option : OptionRegistry.ALL) {
            if (option.section().equals(section)) {
                entry(page, option);
            }
        }
    }

    /** One list item, wrapped: key, default with unit, allowed values, meaning, and how to choose a value. */
    private static void entry(StringBuilder page, Option<?> option) {
        String unit = option.unit().isEmpty() ? "" : " (" + option.unit() + ")";
        String text = "**`%s`**: %s%s. %s *Allowed:* %s. *How to choose:* %s"
                .formatted(
                        option.key(),
                        option.defaultText().startsWith("`") ? "default " + option.defaultText() : option.defaultText(),
                        unit,
                        option.description(),
                        option.type().expectation(),
                        option.choosing());
        String indent = "- ";
        StringBuilder line = new StringBuilder(indent);
        for (String word : text.split(" ")) {
            if (line.length() > indent.length() && line.length() + 1 + word.length() > WIDTH) {
                page.append(line).append('\n');
                indent = "  ";
                line = new StringBuilder(indent);
            }
            line.append(line.length() > indent.length() ? " " : "").append(word);
        }
        page.append(line).append('\n');
    }
}
