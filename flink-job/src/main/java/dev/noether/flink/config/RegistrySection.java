package dev.noether.flink.config;

import java.util.List;

/** Options of the section {@code registry}: the schema registry of the format {@code confluent-avro}. */
public final class RegistrySection {
    private static final OptionSection SECTION = new OptionSection("registry");

    public static final Option<String> URL = SECTION.option(
            "url",
            RegistryOptions.urlType(),
            "",
            "",
            "Address of the schema registry, for the format `confluent-avro`. Its REST API must be Confluent's; other "
                    + "registries offer it below a path, such as Apicurio below `/apis/ccompat/v7`.",
            "The address that your producers use.",
            config -> config.registry().url());

    public static final Option<String> USER = SECTION.option(
            "user",
            RegistryOptions.textType("a text, which may contain ${env:NAME} and ${file:/path}, or empty"),
            "",
            "",
            "Name for the registry's basic authentication.",
            "A user or API key that may read schemas.",
            config -> config.registry().user());

    public static final Option<String> PASSWORD = SECTION.option(
            "password",
            RegistryOptions.secretType(),
            "",
            "",
            "Password for the registry's basic authentication. It is read on each machine that runs the job.",
            "A placeholder: the password itself must not stand in the file.",
            config -> config.registry().password());

    public static final Option<String> CERTIFICATES = SECTION.option(
            "certificates",
            OptionType.file(),
            "",
            "",
            "PEM file with the certificates of the authorities that may sign the registry's certificate. It is read on "
                    + "each machine that runs the job. Without it Java's own authorities count.",
            "The certificate of your company's authority, if `registry.url` begins with https.",
            config -> config.registry().certificates());

    /** Every option of the section, in the order of the constants. */
    static final List<Option<?>> ALL = SECTION.options();

    private RegistrySection() {}
}
