package dev.noether.console.api;

import dev.noether.console.http.HttpProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The token that a person needs to judge incidents. Its file is read at each use, so that a new token needs no restart.
 * After some wrong tokens in a minute all are refused until the minute is over. Thread safe.
 */
final class AccessToken {
    static final int LEAST_CHARACTERS = 16;

    private static final int WRONG_PER_MINUTE = 10;
    private static final long MINUTE_NANOS = 60_000_000_000L;
    private static final String BEARER = "Bearer ";

    private final @Nullable Path file;
    private final LongSupplier clock;
    private long minuteStart;
    private int wrong;

    /**
     * Makes the token of a file.
     *
     * @param file the file; null if nobody may judge
     * @param clock nanoseconds of {@link System#nanoTime}
     */
    AccessToken(@Nullable Path file, LongSupplier clock) {
        this.file = file;
        this.clock = clock;
        this.minuteStart = clock.getAsLong();
    }

    /** Whether there is a token at all. */
    boolean isSet() {
        return file != null;
    }

    /**
     * Reads the token.
     *
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if the token is too short
     */
    static String read(Path file) throws IOException {
        String token = Files.readString(file).strip();
        if (token.length() < LEAST_CHARACTERS) {
            throw new IllegalArgumentException("the token in " + file + " must have at least " + LEAST_CHARACTERS
                    + " characters (got " + token.length() + ")");
        }
        return token;
    }

    /**
     * Checks the header of a request.
     *
     * @throws HttpProblem 403 if nobody may judge, 401 if the token is wrong, 429 after too many wrong ones
     */
    synchronized void require(@Nullable String authorization) {
        Path source = file;
        if (source == null) {
            throw new HttpProblem(403, "This console only shows: set console.tokenFile to let people judge incidents.");
        }
        if (clock.getAsLong() - minuteStart >= MINUTE_NANOS) {
            minuteStart = clock.getAsLong();
            wrong = 0;
        }
        if (wrong >= WRONG_PER_MINUTE) {
            throw new HttpProblem(429, "There were too many wrong tokens; wait a minute.", waitSeconds());
        }
        if (authorization == null || !authorization.startsWith(BEARER)) {
            throw new HttpProblem(401, "The token is missing: the header must be `Authorization: Bearer TOKEN`.");
        }
        if (!isRight(authorization.substring(BEARER.length()), source)) {
            wrong++;
            throw new HttpProblem(401, "The token is wrong.");
        }
    }

    private int waitSeconds() {
        return (int) (1 + (MINUTE_NANOS - (clock.getAsLong() - minuteStart)) / 1_000_000_000L);
    }

    /** Compares in a time that does not depend on where the texts differ. */
    private static boolean isRight(String given, Path source) {
        try {
            return MessageDigest.isEqual(
                    given.strip().getBytes(StandardCharsets.UTF_8), read(source).getBytes(StandardCharsets.UTF_8));
        } catch (IOException | IllegalArgumentException e) {
            throw new HttpProblem(503, "The file of console.tokenFile cannot be used: " + e.getMessage() + ".");
        }
    }
}
