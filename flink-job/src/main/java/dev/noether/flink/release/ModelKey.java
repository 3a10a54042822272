package dev.noether.flink.release;

import dev.noether.schemas.ModelIdentity;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.Score;

/**
 * Which model, in the form that state and scores need: the version and the first 64 bits of the artifact's hash. Two
 * models of one version, made by two processes, have two keys.
 *
 * @param version version of the model; {@link Score#NO_MODEL} if there is none
 * @param hash first 64 bits of the SHA-256 of the artifact; never {@link #UNKNOWN_HASH}
 * @param shortHash the same as text, as scores name it
 */
public record ModelKey(long version, long hash, String shortHash) {
    /** The hash in a state that an earlier version wrote: it stands for any model of the version. */
    public static final long UNKNOWN_HASH = 0;

    private static final int HEXADECIMAL = 16;
    private static final long PRIME = 0x100000001b3L;

    /** Returns the key of a release's model. */
    public static ModelKey of(ModelRelease release) {
        ModelIdentity identity = release.identity();
        return new ModelKey(identity.version(), number(identity.shortHash()), identity.shortHash());
    }

    /** Whether a state of a version and hash belongs to this model. Allocates nothing. */
    public boolean isOf(long stateVersion, long stateHash) {
        return stateVersion == version && (stateHash == hash || stateHash == UNKNOWN_HASH);
    }

    /** A text that is no hexadecimal number, which only a test announces, gets a number all the same. */
    private static long number(String shortHash) {
        long number = 0;
        for (int i = 0; i < shortHash.length(); i++) {
            int digit = Character.digit(shortHash.charAt(i), HEXADECIMAL);
            number = digit < 0 ? number * PRIME + shortHash.charAt(i) : number << 4 | digit;
        }
        return number == UNKNOWN_HASH ? 1 : number;
    }
}
