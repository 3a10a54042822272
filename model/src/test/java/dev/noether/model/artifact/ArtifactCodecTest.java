package dev.noether.model.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.noether.model.alarm.TailCalibration;
import dev.noether.model.artifact.ArtifactException.Fault;
import dev.noether.model.repeat.RepeatCounts;
import dev.noether.model.repeat.RepeatLaw;
import dev.noether.model.testing.TestingArtifacts;
import dev.noether.testing.RandomizedTest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class ArtifactCodecTest extends RandomizedTest {
    @Test
    void anArtifactIsReadAsItWasWritten() throws Exception {
        RandomGenerator random = random();
        for (int round = 0; round < 20; round++) {
            ModelArtifact artifact =
                    TestingArtifacts.random(random.nextInt(1, 8), random.nextInt(2, 5), random.nextLong());
            byte[] bytes = ArtifactCodec.encode(artifact);
            ModelArtifact read = ArtifactCodec.verified(bytes, ArtifactCodec.hash(bytes));
            assertThat(read).isEqualTo(artifact);
            assertThat(ArtifactCodec.encode(read)).isEqualTo(bytes);
        }
    }

    @Test
    void equalArtifactsHaveEqualBytes() {
        byte[] bytes = ArtifactCodec.encode(TestingArtifacts.random(4, 3, 1));
        assertThat(ArtifactCodec.encode(TestingArtifacts.random(4, 3, 1))).isEqualTo(bytes);
        assertThat(ArtifactCodec.encode(TestingArtifacts.random(4, 3, 2))).isNotEqualTo(bytes);
    }

    @Test
    void theLawOfRepetitionsIsReadAsItWasWritten() throws Exception {
        ModelArtifact model = TestingArtifacts.random(4, 3, 2);
        RepeatLaw law = new RepeatLaw(
                Collections.nCopies(model.features().size(), new RepeatCounts(Integer.MAX_VALUE, 7, 5, 3, 4)));
        assertThat(ArtifactCodec.decode(ArtifactCodec.encode(model.withRepeats(law)))
                        .repeats())
                .isEqualTo(law);
        assertThat(ArtifactCodec.decode(frozen("ModelArtifact-v2.base64"))
                        .repeats()
                        .moving())
                .isZero();
    }

    @Test
    void theFirstFormatStaysReadable() throws Exception {
        assertThat(ArtifactCodec.decode(frozen("ModelArtifact-v1.base64")))
                .isEqualTo(ofFirstRule(TestingArtifacts.plain()));
    }

    @Test
    void theSecondFormatStaysReadable() throws Exception {
        assertThat(ArtifactCodec.decode(frozen("ModelArtifact-v2.base64")))
                .isEqualTo(ofFirstRule(TestingArtifacts.plainWithForecast()));
    }

    @Test
    void theSecondFormatStaysReadableWithItsLawOfRepetitions() throws Exception {
        RepeatCounts seldom = new RepeatCounts(1000, 7, 5, 3, 4);
        RepeatCounts never = new RepeatCounts(Integer.MAX_VALUE, 0, 0, 0, 1);
        assertThat(ArtifactCodec.decode(frozen("ModelArtifact-v2-repeats.base64")))
                .isEqualTo(ofFirstRule(TestingArtifacts.plainWithForecast())
                        .withRepeats(new RepeatLaw(List.of(seldom, never))));
    }

    @Test
    void theFourthFormatStaysReadable() throws Exception {
        assertThat(ArtifactCodec.decode(frozen("ModelArtifact-v4.base64")))
                .isEqualTo(ofFirstRule(TestingArtifacts.plainWithForecast()));
    }

    /** A model of a format before 5 judges by the first rule, in every version of the program. */
    private static ModelArtifact ofFirstRule(ModelArtifact model) {
        return model.with(model.rule(), model.calibration().withRule(TailCalibration.FIRST_RULE));
    }

    private static byte[] frozen(String name) throws IOException {
        try (InputStream in = ArtifactCodecTest.class.getResourceAsStream(name)) {
            return Base64.getMimeDecoder().decode(in.readAllBytes());
        }
    }

    @Test
    void eachDamagedByteIsRefusedByTheHashAndHarmlessWithoutIt() {
        RandomGenerator random = random();
        byte[] good = ArtifactCodec.encode(TestingArtifacts.random(3, 2, random.nextLong()));
        String hash = ArtifactCodec.hash(good);
        for (int at = 0; at < good.length; at++) {
            byte[] damaged = good.clone();
            damaged[at] ^= (byte) random.nextInt(1, 256);
            assertThat(fault(() -> ArtifactCodec.verified(damaged, hash))).isEqualTo(Fault.HASH_MISMATCH);
            assertHarmless(damaged, "byte " + at + " is " + damaged[at]);
        }
    }

    @Test
    void severalDamagedBytesAreHarmlessToo() {
        RandomGenerator random = random();
        byte[] good = ArtifactCodec.encode(TestingArtifacts.random(3, 2, random.nextLong()));
        for (int round = 0; round < 1000; round++) {
            byte[] damaged = good.clone();
            int from = random.nextInt(good.length);
            int to = Math.min(good.length, from + random.nextInt(1, 40));
            for (int at = from; at < to; at++) {
                damaged[at] = (byte) random.nextInt();
            }
            assertHarmless(damaged, "bytes " + from + " to " + to + ", round " + round);
        }
    }

    @Test
    void anIncompleteFileIsUnreadable() {
        byte[] good = ArtifactCodec.encode(TestingArtifacts.random(3, 2, 1));
        String hash = ArtifactCodec.hash(good);
        // Avro's closing marker is 16 bytes; the model is complete without some of them, the hash is not.
        for (int length = 0; length < good.length; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            assertThat(fault(() -> ArtifactCodec.verified(cut, hash))).isEqualTo(Fault.HASH_MISMATCH);
            if (length <= good.length - 16) {
                assertThat(fault(() -> ArtifactCodec.decode(cut)))
                        .as("cut to " + length + " of " + good.length)
                        .isEqualTo(Fault.UNREADABLE);
            } else {
                assertHarmless(cut, "cut to " + length + " of " + good.length);
            }
        }
    }

    @Test
    void aNewerFormatIsRefusedByItsNumber() {
        byte[] later = ArtifactCodec.encode(TestingArtifacts.random(3, 2, 1), 6);
        assertThatThrownBy(() -> ArtifactCodec.decode(later)).hasMessage("found format version 6, supports at most 5");
        assertThat(fault(() -> ArtifactCodec.decode(later))).isEqualTo(Fault.FUTURE_FORMAT);
        byte[] none = ArtifactCodec.encode(TestingArtifacts.random(3, 2, 1), 0);
        assertThat(fault(() -> ArtifactCodec.decode(none))).isEqualTo(Fault.UNREADABLE);
    }

    @Test
    void otherFilesAreUnreadable() {
        for (String text : new String[] {"", "no model at all", "Obj\u0001", "{}"}) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            assertThat(fault(() -> ArtifactCodec.decode(bytes))).as(text).isEqualTo(Fault.UNREADABLE);
        }
    }

    @Test
    void weightsThatAreNotFiniteAreRefused() {
        ModelArtifact artifact = TestingArtifacts.plain();
        byte[] good = ArtifactCodec.encode(artifact);
        // The sixth parameter, -5/8, little-endian.
        byte[] weight = {0, 0, 0x20, (byte) 0xBF};
        int at = indexOf(good, weight);
        good[at + 2] = (byte) 0xC0;
        good[at + 3] = 0x7F;
        assertThatThrownBy(() -> ArtifactCodec.decode(good))
                .isInstanceOf(ArtifactException.class)
                .hasMessage("the network's parameters must be finite (some are not)");
    }

    @Test
    void theHashIsTheSha256OfTheBytes() {
        // printf abc | sha256sum
        assertThat(ArtifactCodec.hash("abc".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    /** The file is refused, or yields a usable model with finite numbers. */
    private static void assertHarmless(byte[] damaged, String what) {
        ModelArtifact read;
        try {
            read = ArtifactCodec.decode(damaged);
        } catch (ArtifactException e) {
            assertThat(e.getMessage()).as(what).isNotBlank();
            return;
        } catch (Throwable e) {
            throw new AssertionError(what + " ends in " + e, e);
        }
        assertThat(read.network().allFinite()).as(what).isTrue();
        assertThat(read.calibration().pValue(1)).as(what).isBetween(0.0, 1.0);
        assertThat(read.rule().adaptationRate()).as(what).isBetween(0f, 1f);
        assertThat(read.network().shape().inputWidth())
                .as(what)
                .isEqualTo(read.windowRows() * read.features().size());
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int at = 0; at <= bytes.length - part.length; at++) {
            if (Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        throw new AssertionError("the bytes do not hold " + Arrays.toString(part));
    }

    private static Fault fault(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(ArtifactException.class, call).fault();
    }
}
