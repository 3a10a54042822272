package dev.noether.flink.config;

import java.util.List;

/** The reference page {@code docs/configuration.md}, generated from {@link OptionRegistry}. */
final class OptionsPage {
    private static final String HEAD = """
            # Configuration

            <!-- Generated from the registry of options (OptionRegistry.java). OptionRegistryTest prints the command that \
            generates it again. -->

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
              store: s3://noether/models
            checkpoints:
              directory: s3://noether/checkpoints
            ```

            Secrets are in environment variables or files, and the configuration names them: `${env:NAME}`,
            `${file:/path}`. They are resolved on the machine that submits a job, and sent as part of the job.
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
        page.append("| key | allowed values | default | unit | meaning | how to choose it |\n");
        page.append("|---|---|---|---|---|---|\n");
        List<Option<?>> options = OptionRegistry.ALL.stream()
                .filter(option -> option.section().equals(section))
                .toList();
        for (Option<?> option : options) {
            page.append("| `").append(option.key()).append("` | ");
            page.append(option.type().expectation()).append(" | ");
            page.append(option.defaultText()).append(" | ");
            page.append(option.unit()).append(" | ");
            page.append(option.description()).append(" | ");
            page.append(option.choosing()).append(" |\n");
        }
    }
}
