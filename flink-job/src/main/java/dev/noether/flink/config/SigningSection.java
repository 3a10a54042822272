package dev.noether.flink.config;

import java.util.List;

/** Options of the section {@code signing}: who signs artifacts, and whose signatures count. */
public final class SigningSection {
    private static final OptionSection SECTION = new OptionSection("signing");

    public static final Option<String> KEY = SECTION.option(
            "key",
            OptionType.file(),
            "",
            "",
            "File with the private key that signs each new model artifact: Ed25519, PKCS #8, PEM.",
            "`openssl genpkey -algorithm ed25519 -out signing.pem` makes one. Only the machine that trains needs "
                    + "it.",
            config -> config.signing().key());

    public static final Option<List<String>> TRUSTED = SECTION.option(
            "trusted",
            OptionType.files(),
            List.of(),
            "",
            "Files with the public keys whose signatures the scoring job accepts: Ed25519, PEM. With at least one, "
                    + "an artifact that none of them has signed is refused. They are read when the job is submitted.",
            "`openssl pkey -in signing.pem -pubout -out trusted.pem` makes one. While keys change, name the old one "
                    + "and the new one.",
            config -> config.signing().trusted());

    /** Every option of the section, in the order of the constants. */
    static final List<Option<?>> ALL = SECTION.options();

    private SigningSection() {}
}
