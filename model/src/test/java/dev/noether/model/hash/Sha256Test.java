package dev.noether.model.hash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.testing.RandomizedTest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class Sha256Test extends RandomizedTest {
    /** The examples of FIPS 180-2, appendix B, and the hash of no bytes. */
    @ParameterizedTest
    @CsvSource({
        "'', e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "abc, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq,"
                + " 248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    })
    void knownAnswers(String text, String hash) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        assertThat(Sha256.hex(bytes)).isEqualTo(hash);
        assertThat(HexFormat.of().formatHex(Sha256.of(bytes))).isEqualTo(hash);
    }

    @Test
    void aMillionLettersHaveTheHashOfTheStandard() {
        byte[] letters = new byte[1_000_000];
        Arrays.fill(letters, (byte) 'a');
        assertThat(Sha256.hex(letters)).isEqualTo("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    }

    @Test
    void aHashInPartsEqualsTheHashOfTheWhole() {
        RandomGenerator random = random();
        for (int round = 0; round < 100; round++) {
            byte[] bytes = new byte[random.nextInt(500)];
            random.nextBytes(bytes);
            MessageDigest digest = Sha256.start();
            int from = 0;
            while (from < bytes.length) {
                int length = Math.min(bytes.length - from, random.nextInt(1, 100));
                digest.update(bytes, from, length);
                from += length;
            }
            assertThat(digest.digest()).hasSize(32).isEqualTo(Sha256.of(bytes));
        }
    }

    @Test
    void twoStartedHashesAreIndependent() {
        MessageDigest first = Sha256.start();
        MessageDigest second = Sha256.start();
        first.update((byte) 1);
        assertThat(second.digest()).isEqualTo(Sha256.of(new byte[0]));
        assertThat(first.digest()).isEqualTo(Sha256.of(new byte[] {1}));
    }
}
