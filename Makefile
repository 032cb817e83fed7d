# One word for each thing one does here. Meson and ninja do the building; see
# docs/decisions/0001-one-build-per-machine.md.
.POSIX:

SETUP = meson setup

dev: build/dev/build.ninja
	ninja -C build/dev

release: build/release/build.ninja
	ninja -C build/release

check:
	sh tools/test quick

test:
	sh tools/test full

lint:
	sh tools/lint full

format:
	find src tests tools -name '*.[ch]' -exec clang-format-14 -i {} +

bench: build/release/build.ninja
	meson configure build/release -Dtests=true
	ninja -C build/release
	meson test -C build/release --benchmark --verbose

fuzz:
	sh tools/fuzz

clean:
	rm -rf build

build/dev/build.ninja:
	$(SETUP) build/dev --buildtype debug -Db_sanitize=address,undefined

build/release/build.ninja:
	$(SETUP) build/release --buildtype release

.PHONY: dev release check test lint format bench fuzz clean
