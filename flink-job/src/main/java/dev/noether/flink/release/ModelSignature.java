package dev.noether.flink.release;

import java.nio.charset.StandardCharsets;

/** The form of a signature: the statement that is signed, and the file beside the artifact that holds the signature. */
final class ModelSignature {
    static final String ALGORITHM = "Ed25519";

    /** Begins the only line of the file; the signature follows in Base64. */
    static final String PREFIX = "ed25519 ";

    /** What the name of the file adds to that of the artifact. */
    static final String SUFFIX = ".sig";

    /** More bytes than any signature's file has. */
    static final int LARGEST_FILE = 1_024;

    private ModelSignature() {}

    /** Returns the bytes that are signed. */
    static byte[] statement(String detector, long version, String sha256) {
        return ("noether model\n" + detector + "\n" + version + "\n" + sha256 + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
