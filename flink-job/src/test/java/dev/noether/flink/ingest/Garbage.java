package dev.noether.flink.ingest;

import dev.noether.schemas.Features;
import dev.noether.schemas.Observation;
import dev.noether.schemas.ObservationCodec;
import dev.noether.schemas.RecordCodec;
import dev.noether.schemas.RejectionReason;
import dev.noether.schemas.Score;
import dev.noether.schemas.ScoreCodec;
import dev.noether.schemas.UnscoredReason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** The kinds of record that a stream should survive, each with the reason for which it is rejected. */
public enum Garbage {
    NO_BYTES(RejectionReason.EMPTY) {
        @Override
        public byte[] bytes(Observation good, RandomGenerator random) {
            return new byte[0];
        }
    },
    ONE_MEGABYTE(RejectionReason.TOO_LARGE) {
        @Override
        public byte[] bytes(Observation good, RandomGenerator random) {
            byte[] bytes = Arrays.copyOf(encode(good), 1_000_000);
            bytes[bytes.length - 1] = (byte) random.nextInt();
            return bytes;
        }
    },
    LONG_ENTITY(RejectionReason.TOO_LARGE) {
        @Override
        public byte[] bytes(Observation good, RandomGenerator random) {
            return encode(new Observation("e".repeat(1025), good.eventTime(), good.features()));
        }
    },
    RANDOM_BYTES(RejectionReason.NOT_AVRO) {
        @Override
        public byte[] bytes(Observation good, RandomGenerator random) {
            byte[] bytes = new byte[random.nextInt(1, 500)];
            random.nextBytes(bytes);
            bytes[0] &= 0x7F;
            return bytes;
        }
    },
    JSON(RejectionReason.NOT_AVRO) {
        @Override
        public byte[] bytes(Observation good, RandomGenerator random) {
            return ("{\"entity\": \"" + good.entity() + "\"}").getBytes(StandardCharsets.UTF_8);
        }
    },
    TRUNCATED(RejectionReason.MALFORMED) {
        @Override
        public byte[] bytes(Observation good, RandomGenerator random) {
            byte[] bytes = encode(good);
            return Arrays.copyOf(bytes, random.nextInt(2, bytes.length));
        }
    },
    TRAILING(RejectionReason.MALFORMED) {
        @Override
        public byte[] bytes(Observation good, RandomGenerator random) {
            byte[] bytes = encode(good);
            return Arrays.copyOf(bytes, bytes.length + random.nextInt(1, 9));
        }
    },
    UNKNOWN_FINGERPRINT(RejectionReason.UNKNOWN_SCHEMA) {
        @Override
        public byte[] bytes(Observation good, RandomGenerator random) {
            byte[] bytes = encode(good);
            bytes[random.nextInt(2, RecordCodec.HEADER_BYTES)] ^= (byte) random.nextInt(1, 256);
            return bytes;
        }
    },
    A_SCORE(RejectionReason.UNKNOWN_SCHEMA) {
        @Override
        public byte[] bytes(Observation good, RandomGenerator random) {
            return new ScoreCodec().encode(Score.unscored("fleet", good.entity(), 1, 2, 3, UnscoredReason.LATE));
        }
    },
    OTHER_FEATURES(RejectionReason.UNKNOWN_FEATURE_SCHEMA) {
        @Override
        public byte[] bytes(Observation good, RandomGenerator random) {
            return encode(with(good, new Features.Positional(random.nextLong(), floats(good))));
        }
    },
    WRONG_COUNT(RejectionReason.WRONG_FEATURE_COUNT) {
        @Override
        public byte[] bytes(Observation good, RandomGenerator random) {
            int count = floats(good).length + (random.nextBoolean() ? 1 : -1);
            return encode(with(good, new Features.Positional(fingerprint(good), new float[count])));
        }
    },
    NO_FEATURES(RejectionReason.MISSING_FEATURE) {
        @Override
        public byte[] bytes(Observation good, RandomGenerator random) {
            return encode(with(good, new Features.Named(new HashMap<>(Map.of("surely unknown", 1f)))));
        }
    },
    /** One missing feature is filled in; an observation without any says nothing. */
    ALL_NAN(RejectionReason.MISSING_FEATURE) {
        @Override
        public byte[] bytes(Observation good, RandomGenerator random) {
            float[] values = new float[floats(good).length];
            Arrays.fill(values, Float.NaN);
            return encode(with(good, new Features.Positional(fingerprint(good), values)));
        }
    },
    INFINITE(RejectionReason.NOT_FINITE) {
        @Override
        public byte[] bytes(Observation good, RandomGenerator random) {
            float infinite = random.nextBoolean() ? Float.POSITIVE_INFINITY : Float.NEGATIVE_INFINITY;
            return encode(spoiled(good, infinite, random));
        }
    },
    NOBODY(RejectionReason.NO_ENTITY) {
        @Override
        public byte[] bytes(Observation good, RandomGenerator random) {
            return encode(new Observation(random.nextBoolean() ? "" : " \t", good.eventTime(), good.features()));
        }
    },
    BEFORE_1970(RejectionReason.IMPOSSIBLE_TIME) {
        @Override
        public byte[] bytes(Observation good, RandomGenerator random) {
            return encode(new Observation(good.entity(), random.nextLong(Long.MIN_VALUE, 0), good.features()));
        }
    },
    FAR_AHEAD(RejectionReason.IMPOSSIBLE_TIME) {
        @Override
        public byte[] bytes(Observation good, RandomGenerator random) {
            return encode(new Observation(good.entity(), Long.MAX_VALUE - random.nextInt(1 << 20), good.features()));
        }
    };

    private final RejectionReason reason;

    Garbage(RejectionReason reason) {
        this.reason = reason;
    }

    /** The reason for which it is rejected. */
    public RejectionReason reason() {
        return reason;
    }

    /** Spoils a good observation with positional features. */
    public abstract byte[] bytes(Observation good, RandomGenerator random);

    private static byte[] encode(Observation observation) {
        return new ObservationCodec().encode(observation);
    }

    private static Observation with(Observation good, Features features) {
        return new Observation(good.entity(), good.eventTime(), features);
    }

    private static Observation spoiled(Observation good, float value, RandomGenerator random) {
        float[] values = floats(good).clone();
        values[random.nextInt(values.length)] = value;
        return with(good, new Features.Positional(fingerprint(good), values));
    }

    private static float[] floats(Observation good) {
        return ((Features.Positional) good.features()).values();
    }

    private static long fingerprint(Observation good) {
        return ((Features.Positional) good.features()).schemaFingerprint();
    }
}
