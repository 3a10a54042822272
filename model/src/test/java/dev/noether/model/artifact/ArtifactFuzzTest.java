package dev.noether.model.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.model.testing.TestingArtifacts;
import dev.noether.testing.RandomizedTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

/**
 * Mutated artifacts: each is refused in words, or is a model that can be written and read again. {@code
 * -Dnoether.fuzz=10} tries ten times as many.
 */
final class ArtifactFuzzTest extends RandomizedTest {
    private static final int MUTANTS = 2_000 * Integer.getInteger("noether.fuzz", 1);
    private static final String[] FIXTURES = {
        "ModelArtifact-v1.base64", "ModelArtifact-v2.base64", "ModelArtifact-v2-repeats.base64"
    };
    private static final long[] LENGTHS = {
        1L << 61, 1L << 40, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MIN_VALUE, Long.MAX_VALUE, -1, 0, 1 << 20, 65
    };

    @Test
    void aMutatedArtifactIsRefusedInWordsOrIsAModel() throws Exception {
        RandomGenerator random = random();
        List<byte[]> originals = originals(random);
        int refused = 0;
        for (int round = 0; round < MUTANTS; round++) {
            byte[] mutant = originals.get(random.nextInt(originals.size()));
            int changes = random.nextInt(1, 4);
            StringBuilder story = new StringBuilder("round " + round + ": ");
            for (int i = 0; i < changes; i++) {
                mutant = mutated(mutant, originals, random, story);
            }
            refused += isRefused(mutant, story.toString()) ? 1 : 0;
        }
        // Most mutations hit the structure; some only change a weight.
        assertThat(refused).isBetween(MUTANTS / 3, MUTANTS - 1);
    }

    private static boolean isRefused(byte[] mutant, String story) {
        try {
            ModelArtifact model = ArtifactCodec.decode(mutant);
            byte[] again = ArtifactCodec.encode(model);
            assertThat(ArtifactCodec.decode(again)).as(story).isEqualTo(model);
            assertThat(model.network().allFinite()).as(story).isTrue();
            return false;
        } catch (ArtifactException e) {
            assertThat(e.getMessage())
                    .as(story)
                    .isNotBlank()
                    .doesNotStartWith("null")
                    .hasSizeLessThan(2_000);
            return true;
        } catch (Throwable e) {
            throw new AssertionError(story + " ends in " + e, e);
        }
    }

    private static byte[] mutated(byte[] file, List<byte[]> originals, RandomGenerator random, StringBuilder story)
            throws IOException {
        if (file.length < 4) {
            return file;
        }
        int at = random.nextInt(file.length);
        int kind = random.nextInt(6);
        story.append("kind ").append(kind).append(" at ").append(at).append("; ");
        return switch (kind) {
            case 0 -> {
                byte[] flipped = file.clone();
                flipped[at] ^= (byte) (1 << random.nextInt(8));
                yield flipped;
            }
            case 1 -> Arrays.copyOf(file, at);
            case 2 -> spliced(file, at, number(LENGTHS[random.nextInt(LENGTHS.length)]), random.nextInt(0, 3));
            case 3 -> {
                byte[] other = originals.get(random.nextInt(originals.size()));
                int cut = Math.min(other.length, at);
                // The head of one file and the tail of another.
                byte[] joined = Arrays.copyOf(other, cut + file.length - at);
                System.arraycopy(file, at, joined, cut, file.length - at);
                yield joined;
            }
            case 4 -> {
                byte[] noise = file.clone();
                int end = Math.min(file.length, at + random.nextInt(1, 20));
                for (int i = at; i < end; i++) {
                    noise[i] = (byte) random.nextInt();
                }
                yield noise;
            }
            default -> spliced(file, at, new byte[random.nextInt(1, 9)], random.nextInt(0, 9));
        };
    }

    /** Puts bytes in place of some of the file's. */
    private static byte[] spliced(byte[] file, int at, byte[] piece, int dropped) {
        int behind = Math.min(file.length, at + dropped);
        byte[] result = Arrays.copyOf(file, at + piece.length + file.length - behind);
        System.arraycopy(piece, 0, result, at, piece.length);
        System.arraycopy(file, behind, result, at + piece.length, file.length - behind);
        return result;
    }

    private static List<byte[]> originals(RandomGenerator random) throws IOException {
        List<byte[]> originals = new ArrayList<>();
        for (String name : FIXTURES) {
            try (InputStream in = ArtifactFuzzTest.class.getResourceAsStream(name)) {
                originals.add(Base64.getMimeDecoder().decode(in.readAllBytes()));
            }
        }
        originals.add(ArtifactCodec.encode(TestingArtifacts.random(5, 3, random.nextLong())));
        return originals;
    }

    private static byte[] number(long value) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        encoder.writeLong(value);
        encoder.flush();
        return out.toByteArray();
    }
}
