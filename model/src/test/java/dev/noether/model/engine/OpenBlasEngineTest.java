package dev.noether.model.engine;

final class OpenBlasEngineTest extends EngineContractTest {
    @Override
    Engine engine() {
        return new OpenBlasEngine();
    }
}
