import HealthCodeKit
import TestSupport
import XCTest

/// Of a Swedish issuer that the tests made up, good until 2100.
private let certificate =
    "HC1:NCFOXN%TSMAHN-H+PGHC1/R8VRUNDCNE1 $C+VVX*25DOP-ID/M9LOQHIZC4TPIFRMLNKNM8POCEUG*%NH$RSC"
    + "9-DFI1MAKJ40PAOV KP8EF4B3DD8A7SRNOJ/F9NTLEB2GFREH.3O.Z8%IH9NTLW4S0I/:FJ-6C:H02KHJP7NVDEBK3"
    + "JE+4SY05QNC-8W$C2VLTK96L6SR9MU9DV5 R13PI%F1PN1/T1%%HN9G2 UK*R3T3+7A.N88J4R$F/MAITH-+R2YBV4"
    + "4PZB6H0CJ0%H0%P8C K1U70%KLR2C KPLIUM42CGSHG43MRB8-JEKDQVD9H:OE1E4E7AA349J-S22BT57TQWCR4D:1"
    + "JC4TZW4:.A63HNNVR*G0C7PHBO33RW05LBPOF5TTLR97C0XK2C1AK.12BVZBURDSU01G$0CWR+K275G:SUT-NSRG-0"
    + "QDAWZ7OA-DR/F.S7-$A2MBF9LU+DB/2HHPH H1UL*0BQCNUNSCNOQVI0UU/47U+OP4WV ESONICF/OP650FMGF1"

private let keys = """
    {"id": "eu", "version": 1, "keys": [{"kid": "BwcHBwcHBwc", "country": "SE",
    "key": "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEHhhTL9R1TALzBB2cdc6zO4P_2BrHzk_ogsyxyYvFiW6kbDEcTi_0DdlqNlPm5FRF0y3-SG7O11x6kMahiIHAow",
    "notBefore": 1577836800, "notAfter": 4102444800}]}
    """

final class DccTests: PhoneTestCase {
    func testACertificateIsReadOfflineKeptHandedInWithBothNamesSeenAndRemoved() async throws {
        let health = try await Phone(folder("phone"), authority.config()).open()
        let unchecked = try await health.readDcc(text: certificate)
        XCTAssertEqual(unchecked.status, .unchecked)
        XCTAssertEqual(unchecked.kind, .vaccination)
        XCTAssertTrue(unchecked.lines.allSatisfy { !$0.label.isEmpty && !$0.value.isEmpty })
        let unreadable = try await health.readDcc(text: "HC1:")
        XCTAssertEqual(unreadable.status, .unreadable)
        do {
            try await health.keepDcc(text: "JKM1:")
            XCTFail("no certificate")
        } catch let error as HealthCodeError {
            XCTAssertEqual(error.code, "dcc_not_a_certificate")
        }
        try authority.publish("dcc-keys", keys)
        try await health.turnGreen()
        try await health.sync()
        authority.stop()
        let id = try await health.keepDcc(text: certificate)
        let again = try await health.keepDcc(text: certificate)
        XCTAssertEqual(id, again)
        let held = try await health.dccs()
        let kept = try XCTUnwrap(held.certificates.first)
        XCTAssertEqual(kept.status, .noRules)
        XCTAssertEqual(kept.nextStep, .compare)
        XCTAssertTrue(kept.needsConfirmation && kept.namesComparison != .same)
        XCTAssertEqual(kept.names.count, 3)
        do {
            try await health.submitDcc(id: id)
            XCTFail("both names were not seen")
        } catch let error as HealthCodeError {
            XCTAssertEqual(error.code, "dcc_names_not_confirmed")
        }
        try await health.submitDcc(id: id, namesConfirmed: true)
        let waiting = try await health.dccs()
        XCTAssertEqual(waiting.certificates.first?.sending, .waiting)
        try await health.removeDcc(id: id)
        let left = try await health.dccs()
        XCTAssertTrue(left.certificates.isEmpty && left.keys == 1 && left.canKeep)
        health.close()
    }
}
