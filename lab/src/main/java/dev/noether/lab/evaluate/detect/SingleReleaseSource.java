package dev.noether.lab.evaluate.detect;

import dev.noether.flink.release.KnownReleases;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ModelReleaseCodec;
import java.util.List;
import org.apache.flink.connector.datagen.source.GeneratorFunction;

/** A models topic with one release: known at the start, and announced once more, which changes nothing. */
final class SingleReleaseSource implements KnownReleases, GeneratorFunction<Long, ModelRelease> {
    private static final long serialVersionUID = 1L;

    private final byte[] bytes;

    SingleReleaseSource(ModelRelease release) {
        bytes = new ModelReleaseCodec().encode(release);
    }

    @Override
    public List<ModelRelease> read() {
        return List.of(map(0L));
    }

    @Override
    public ModelRelease map(Long index) {
        try {
            return new ModelReleaseCodec().decode(bytes);
        } catch (MalformedRecordException exception) {
            throw new IllegalStateException("a release that was encoded here cannot be read", exception);
        }
    }
}
