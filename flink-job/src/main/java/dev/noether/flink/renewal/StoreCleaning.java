package dev.noether.flink.renewal;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.release.StoreCollector;
import dev.noether.schemas.ModelRelease;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes old files from the model store after a training. The model is announced, whatever happens to them. */
final class StoreCleaning {
    private static final Logger LOG = LoggerFactory.getLogger(StoreCleaning.class);

    private StoreCleaning() {}

    static void run(DetectorConfig config, List<ModelRelease> announced) {
        try {
            new StoreCollector(
                            config.model().store(),
                            config.detector(),
                            config.model().keep())
                    .collect(announced, System.currentTimeMillis());
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "Old model files in {} cannot be removed; the next training tries again. Reason: {}",
                    config.model().store(),
                    e.toString());
        }
    }
}
